using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.Tests.Expressions;
using Millrace.Engine.Tests.Snapshots;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Aggregates;

/// <summary>
/// Every aggregate over every type against lists of values per group: random batches, groups that are cleared and used
/// again, emission at any time, and now and then another accumulator that takes over what was saved.
/// </summary>
public class AccumulatorPropertyTests
{
    private const int GroupCount = 40;

    public static TheoryData<string, string, bool> Cases()
    {
        TheoryData<string, string, bool> cases = [];
        foreach (AggregateFunction function in AggregateFunction.All)
        {
            foreach (SqlType type in RandomExpressions.Types)
            {
                bool isAdded = function == AggregateFunction.Sum || function == AggregateFunction.Avg;
                if (!isAdded || type.IsNumeric)
                {
                    cases.Add(function.Name, type.ToString(), false);
                    cases.Add(function.Name, type.ToString(), true);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_come_to_what_their_values_come_to(string name, string typeName, bool isDistinct)
    {
        Random random = new(name.Length + typeName.Length);
        SqlType type = RandomExpressions.Types.Single(t => t.ToString() == typeName);
        AggregateCall call = Groups.Call(AggregateFunction.All.Single(f => f.Name == name), type, isDistinct);
        Accumulator accumulator = Groups.Accumulator(call);
        List<object>[] expected = [.. Enumerable.Range(0, GroupCount).Select(_ => new List<object>())];
        int room = 1;
        for (int batch = 0; batch < 60; batch++)
        {
            room = Math.Min(GroupCount, room + random.Next(3));
            accumulator.EnsureGroups(room);
            Update(accumulator, type, expected, room, random);
            int[] groups = [.. Enumerable.Range(0, room)];
            object?[] actual = Groups.Emit(accumulator, groups);
            for (int g = 0; g < room; g++)
            {
                AssertSame(Reference(call, expected[g]), actual[g]);
            }

            Clear(accumulator, expected, room, random);
            accumulator = random.Next(3) == 0 ? SavedAndLoaded(accumulator, call, room) : accumulator;
        }

        Assert.True(accumulator.StateBytes > 0);
    }

    private static void Update(Accumulator accumulator, SqlType type, List<object>[] expected, int room, Random random)
    {
        RandomExpressions make = new(random);
        int count = random.Next(1, 150);
        object?[] values = [.. Enumerable.Range(0, count).Select(_ => Value(make, type, random))];
        int[] rows = [.. Enumerable.Range(0, count).Where(_ => random.Next(5) > 0)];
        int[] groups = [.. rows.Select(_ => random.Next(Math.Min(room, 1 + random.Next(room))))];
        accumulator.Update(groups, Cells.Column(type, values), rows);
        for (int i = 0; i < rows.Length; i++)
        {
            if (values[rows[i]] is { } value)
            {
                expected[groups[i]].Add(value);
            }
        }
    }

    // As two workers do it: each reads all and takes its own.
    private static Accumulator SavedAndLoaded(Accumulator accumulator, AggregateCall call, int room)
    {
        BlockList blocks = new();
        SnapshotWriter writer = new();
        int[] groups = [.. Enumerable.Range(0, room)];
        accumulator.Shared?.Begin(0, 0, 0, isFull: true);
        accumulator.Shared?.Advance(int.MaxValue, blocks);
        accumulator.Shared?.End();
        writer.BeginBlock(BlockKind.State);
        accumulator.Save(groups, writer);
        writer.EndBlock();
        writer.DrainTo(blocks);
        Accumulator loaded = Groups.Accumulator(call);
        loaded.EnsureGroups(room);
        for (int part = 0; part < 2; part++)
        {
            SnapshotReader block = SnapshotReader.Open(blocks.Blocks[^1], out _);
            SnapshotReader reader = SnapshotReader.Over(block.Rest, Dictionaries(blocks));
            int[] own = [.. groups.Select(g => g % 2 == part ? g : -1)];
            loaded.Load(own, ref reader);
            Assert.Equal(0, reader.Remaining);
        }

        return loaded;
    }

    private static LoadedDictionaries Dictionaries(BlockList blocks)
    {
        LoadedDictionaries dictionaries = new();
        foreach (byte[] shared in blocks.Blocks.SkipLast(1))
        {
            SnapshotReader block = SnapshotReader.Open(shared, out _);
            _ = (block.Count(leastBytes: 0), block.Count(leastBytes: 0), block.Count(leastBytes: 0));
            dictionaries[0].Read(block);
        }

        return dictionaries;
    }

    // Mostly many different values, so that sets grow beyond the small ones.
    private static object? Value(RandomExpressions make, SqlType type, Random random) => type.Kind switch
    {
        SqlTypeKind.Int when random.Next(4) > 0 => random.Next(300),
        SqlTypeKind.BigInt when random.Next(4) > 0 => (long)random.Next(300) << 20,
        SqlTypeKind.VarChar when random.Next(4) > 0 => new string((char)('a' + random.Next(26)), random.Next(40)),
        SqlTypeKind.Decimal when random.Next(4) > 0 => (Int128)random.Next(300),
        _ => make.Value(type),
    };

    private static void Clear(Accumulator accumulator, List<object>[] expected, int room, Random random)
    {
        int[] cleared = [.. Enumerable.Range(0, room).Where(_ => random.Next(8) == 0)];
        accumulator.Clear(cleared);
        foreach (int group in cleared)
        {
            expected[group].Clear();
        }
    }

    private static void AssertSame(object? expected, object? actual)
    {
        Assert.Equal(expected, actual);
        if (expected is double d)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(d), BitConverter.DoubleToInt64Bits((double)actual!));
        }
    }

    private static object? Reference(AggregateCall call, List<object> values)
    {
        bool isCollect = call.Function == AggregateFunction.Collect;
        List<object> taken = call.IsDistinct ? [.. values.DistinctBy(Key)] : values;
        if (call.Function == AggregateFunction.Count)
        {
            return (long)taken.Count;
        }

        if (isCollect)
        {
            return string.Join(',', taken.GroupBy(Key).Select(g => $"{g.First()}={g.Count()}"));
        }

        if (values.Count == 0)
        {
            return null;
        }

        bool isMax = call.Function == AggregateFunction.Max;
        return isMax || call.Function == AggregateFunction.Min
            ? values.Aggregate((a, b) => isMax ? Less(a, b) ? b : a : Less(b, a) ? b : a)
            : ReferenceSum(call, taken);
    }

    private static object Key(object value) => value is double d
        ? double.IsNaN(d) ? "NaN" : BitConverter.DoubleToInt64Bits(d)
        : value;

    private static bool Less(object a, object b) => (a, b) switch
    {
        (double x, double y) => x < y,
        (string x, string y) => System.Text.Encoding.UTF8.GetBytes(x).AsSpan()
            .SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y)) < 0,
        _ => ((IComparable)a).CompareTo(b) < 0,
    };

    private static object? ReferenceSum(AggregateCall call, List<object> values)
    {
        bool isAverage = call.Function == AggregateFunction.Avg;
        switch (values[0])
        {
            case double:
                double sum = values.Skip(1).Aggregate((double)values[0], (s, v) => s + (double)v);
                return isAverage ? values.Aggregate(0d, (s, v) => s + (double)v) / values.Count : sum;
            case Int128:
                return isAverage ? DecimalAverage(call, values) : DecimalSum(values);
            default:
                long total = 0;
                values.ForEach(v => total = unchecked(total + Convert.ToInt64(v)));
                return Narrow(call.Type, isAverage ? total / values.Count : total);
        }
    }

    private static object Narrow(SqlType type, long value) => type.Kind switch
    {
        SqlTypeKind.TinyInt => (int)(sbyte)value,
        SqlTypeKind.SmallInt => (int)(short)value,
        SqlTypeKind.Int => (int)value,
        _ => (object)value,
    };

    private static object? DecimalSum(List<object> values)
    {
        BigInteger? sum = null;
        foreach (Int128 value in values.Cast<Int128>())
        {
            sum = (sum ?? 0) + value;
            sum = BigInteger.Abs(sum.Value) < BigInteger.Pow(10, 38) ? sum : null;
        }

        return sum is null ? null : (Int128)sum.Value;
    }

    private static object? DecimalAverage(AggregateCall call, List<object> values)
    {
        BigInteger sum = 0;
        foreach (Int128 value in values.Cast<Int128>())
        {
            sum += value;
            if (BigInteger.Abs(sum) >= BigInteger.Pow(10, 38))
            {
                return null;
            }
        }

        SqlType sumType = SqlType.Decimal(38, call.Argument!.Type.Scale);
        InputColumn[] sides = [new(0, "s", sumType), new(1, "c", SqlType.Decimal(19, 0))];
        CallExpression division = new(ScalarFunction.Divide, sides, call.Type);
        return ReferenceArithmetic.Apply(division, [(Int128)sum, (Int128)values.Count]);
    }
}
