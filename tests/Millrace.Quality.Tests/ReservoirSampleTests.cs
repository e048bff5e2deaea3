using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>A reservoir sample is uniform over seeds and a function of its seed.</summary>
public sealed class ReservoirSampleTests
{
    [Fact]
    public void A_short_stream_is_its_own_sample() => Assert.Equal([0, 1, 2], Of(3, 10, 1));

    [Fact]
    public void The_same_seed_chooses_the_same()
    {
        Assert.Equal(Of(1000, 10, 5), Of(1000, 10, 5));
        Assert.NotEqual(Of(1000, 10, 5), Of(1000, 10, 6));
    }

    [Fact]
    public void Every_item_is_chosen_equally_often()
    {
        const int items = 40;
        const int size = 10;
        const int seeds = 4000;
        int[] chosen = new int[items];
        for (int seed = 0; seed < seeds; seed++)
        {
            IReadOnlyList<int> sample = Of(items, size, seed);
            Assert.Equal(size, sample.Distinct().Count());
            foreach (int item in sample)
            {
                chosen[item]++;
            }
        }

        // Binomial: the mean is 1000, the standard deviation 27; six of them hold for all items of these seeds.
        Assert.All(chosen, count => Assert.InRange(count, 1000 - 165, 1000 + 165));
    }

    private static IReadOnlyList<int> Of(int items, int size, int seed)
    {
        ReservoirSample<int> sample = new(size, seed);
        for (int i = 0; i < items; i++)
        {
            sample.Add(i);
        }

        return sample.Items;
    }
}
