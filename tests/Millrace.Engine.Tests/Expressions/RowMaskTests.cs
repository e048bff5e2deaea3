using Millrace.Data;
using Millrace.Engine.Expressions;
using Xunit;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Masks of rows against plain lists of booleans, for sizes around the ends of words.</summary>
public class RowMaskTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Masks_keep_what_lists_keep(int rows)
    {
        Random random = new(rows);
        RowMask mask = new();
        for (int round = 0; round < 20; round++)
        {
            object?[] verdicts = [.. Enumerable.Range(0, rows).Select(_ => Verdict(random))];
            bool[] removed = [.. Enumerable.Range(0, rows).Select(_ => random.Next(round + 1) > 3)];
            RowMask other = new();
            other.SetNone(rows);
            mask.SetAll(rows);
            for (int i = 0; i < rows; i++)
            {
                if (!removed[i])
                {
                    other.Add(i);
                }
            }

            mask.KeepTrue(Cells.Column(SqlType.Boolean, verdicts));
            mask.KeepCommon(other);
            int[] expected = [.. Enumerable.Range(0, rows).Where(i => verdicts[i] is true && !removed[i])];
            int[] actual = new int[rows];
            Assert.Equal(expected.Length, mask.CopyIndexesTo(actual));
            Assert.Equal(expected, actual[..expected.Length]);
            Assert.Equal(expected.Length, mask.CountActive());
        }
    }

    private static object? Verdict(Random random) => random.Next(3) switch
    {
        0 => null,
        1 => false,
        _ => true,
    };
}
