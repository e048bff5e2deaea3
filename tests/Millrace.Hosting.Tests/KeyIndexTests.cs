using Millrace.Hosting.Views;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class KeyIndexTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 400)]
    [InlineData(3, 3_000)]
    public void Keys_that_come_and_go_are_found_while_their_rows_are_there(int seed, int keptRows)
    {
        Random random = new(seed);
        KeyIndex index = new();
        Dictionary<ulong, long> newest = [];
        for (long number = 0; number < 40_000; number++)
        {
            // Few places, so that runs of taken slots are long and wrap around; keys move on slowly.
            ulong place = (ulong)random.Next(96) << 17;
            ulong hash = place | (ulong)((number / 50) + random.Next(40));
            long first = Math.Max(0, number - keptRows);
            long before = index.Exchange(hash, number, first);
            if (newest.TryGetValue(hash, out long expected) && expected >= first)
            {
                Assert.Equal(expected, before);
            }
            else
            {
                Assert.True(before < first);
            }

            newest[hash] = number;
        }

        foreach ((ulong hash, long number) in newest.Where(p => p.Value >= 40_000 - keptRows))
        {
            Assert.Equal(number, index.Find(hash));
        }
    }
}
