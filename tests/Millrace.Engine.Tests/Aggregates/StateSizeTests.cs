using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Tests.Expressions;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Aggregates;

/// <summary>What many open groups cost, and that cleared ones give it back.</summary>
public class StateSizeTests
{
    private const int GroupCount = 30_000;
    private const int ValuesPerGroup = 4;

    [Fact]
    public void A_session_of_a_few_values_takes_few_bytes()
    {
        Accumulator[] accumulators =
        [
            Groups.Accumulator(Groups.Call(AggregateFunction.Count, null)),
            Groups.Accumulator(Groups.Call(AggregateFunction.Count, SqlType.String, isDistinct: true)),
            Groups.Accumulator(Groups.Call(AggregateFunction.Collect, SqlType.String, isDistinct: true)),
            Groups.Accumulator(Groups.Call(AggregateFunction.Max, SqlType.Decimal(10, 2))),
            Groups.Accumulator(Groups.Call(AggregateFunction.Avg, SqlType.Decimal(10, 2))),
        ];
        Fill(accumulators[..1], SqlType.Int, g => g);
        Fill(accumulators[1..2], SqlType.String, g => $"/page/{g % 1000}");
        Fill(accumulators[2..3], SqlType.String, g => $"category {g % 20}");
        Fill(accumulators[3..], SqlType.Decimal(10, 2), g => (Int128)g);
        Assert.InRange(accumulators.Sum(a => a.StateBytes) / GroupCount, 1, 200);
    }

    [Fact]
    public void What_was_cleared_is_used_again()
    {
        AggregateFunction[] functions = [AggregateFunction.Count, AggregateFunction.Collect];
        foreach (AggregateFunction function in functions)
        {
            Accumulator accumulator = Groups.Accumulator(Groups.Call(function, SqlType.String, isDistinct: true));
            long first = 0;
            for (int round = 0; round < 5; round++)
            {
                Fill([accumulator], SqlType.String, g => $"value {round} {g}");
                first = round == 0 ? accumulator.StateBytes : first;
                accumulator.Clear([.. Enumerable.Range(0, GroupCount)]);
            }

            Assert.InRange(accumulator.StateBytes, 1, first + (first / 4));
        }
    }

    private static void Fill(Accumulator[] accumulators, SqlType type, Func<int, object> value)
    {
        int[] groups = [.. Enumerable.Range(0, GroupCount)];
        Array.ForEach(accumulators, a => a.EnsureGroups(GroupCount));
        for (int i = 0; i < ValuesPerGroup; i++)
        {
            object?[] values = [.. groups.Select(g => value((g * 7) + i))];
            ColumnVector column = Cells.Column(type, values);
            Array.ForEach(accumulators, a => a.Update(groups, column, groups));
        }
    }
}
