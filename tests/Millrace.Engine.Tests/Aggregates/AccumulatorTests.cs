using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Aggregates;

/// <summary>Aggregates by table: flink-semantics 2 and questions 17 to 27.</summary>
public class AccumulatorTests
{
    private static readonly AggregateFunction Count = AggregateFunction.Count;
    private static readonly AggregateFunction Sum = AggregateFunction.Sum;
    private static readonly AggregateFunction Avg = AggregateFunction.Avg;
    private static readonly AggregateFunction Min = AggregateFunction.Min;
    private static readonly AggregateFunction Max = AggregateFunction.Max;
    private static readonly AggregateFunction Collect = AggregateFunction.Collect;

    private static readonly Int128 Nines = Int128.Parse("99999999999999999999999999999999999999");

    [Fact]
    public void Counts_see_rows_values_and_different_values()
    {
        object?[] values = ["a", "A", null, "a"];
        Assert.Equal(4L, Groups.Result(Groups.Call(Count, null), 1, 2, null, 3));
        Assert.Equal(3L, Groups.Result(Groups.Call(Count, SqlType.String), values));
        Assert.Equal(2L, Groups.Result(Groups.Call(Count, SqlType.String, isDistinct: true), values));
        Assert.Equal(0L, Groups.Result(Groups.Call(Count, SqlType.String), null, null));
        Assert.Equal(0L, Groups.Result(Groups.Call(Count, SqlType.String, isDistinct: true), null, null));
    }

    [Fact]
    public void Different_doubles_are_told_by_their_bits()
    {
        AggregateCall call = Groups.Call(Count, SqlType.Double, isDistinct: true);
        Assert.Equal(2L, Groups.Result(call, 0d, -0d, 0d));
        double otherNaN = BitConverter.Int64BitsToDouble(0x7FF8000000000001);
        Assert.Equal(1L, Groups.Result(call, double.NaN, otherNaN));
        Assert.Equal(2L, Groups.Result(Groups.Call(Count, SqlType.Float, isDistinct: true), 0f, -0f, 0f));
    }

    [Theory]
    [InlineData("TINYINT", 127, 1, -128, 64)]
    [InlineData("SMALLINT", 32767, 1, -32768, 16384)]
    [InlineData("INTEGER", int.MaxValue, 1, int.MinValue, 1073741824)]
    [InlineData("INTEGER", -1, -2, -3, -1)]
    [InlineData("INTEGER", 1, 2, 3, 1)]
    public void Integer_sums_wrap_and_averages_do_not(string type, int a, int b, int sum, int average)
    {
        SqlType argument = new[] { SqlType.TinyInt, SqlType.SmallInt, SqlType.Int }.Single(t => t.ToString() == type);
        Assert.Equal(sum, Groups.Result(Groups.Call(Sum, argument), a, null, b));
        Assert.Equal(average, Groups.Result(Groups.Call(Avg, argument), a, null, b));
    }

    [Fact]
    public void Bigint_sums_wrap_and_so_their_averages()
    {
        Assert.Equal(long.MinValue, Groups.Result(Groups.Call(Sum, SqlType.BigInt), long.MaxValue, 1L));
        Assert.Equal(-4611686018427387904, Groups.Result(Groups.Call(Avg, SqlType.BigInt), long.MaxValue, 1L));
        Assert.Equal(2L, Groups.Result(Groups.Call(Avg, SqlType.BigInt), 1L, 2L, 4L));
    }

    [Fact]
    public void Nothing_but_nulls_is_null()
    {
        foreach (AggregateFunction function in (AggregateFunction[])[Sum, Avg, Min, Max])
        {
            foreach (SqlType type in (SqlType[])[SqlType.Int, SqlType.BigInt, SqlType.Double, SqlType.Decimal(5, 2)])
            {
                Assert.Null(Groups.Result(Groups.Call(function, type), null, null));
                Assert.Null(Groups.Result(Groups.Call(function, type, isDistinct: true)));
            }
        }

        Assert.Null(Groups.Result(Groups.Call(Max, SqlType.String), null, null));
    }

    [Fact]
    public void A_decimal_sum_that_overflowed_is_null_and_starts_afresh()
    {
        SqlType type = SqlType.Decimal(38, 0);
        Assert.Null(Groups.Result(Groups.Call(Sum, type), Nines, (Int128)1));
        Assert.Equal((Int128)(-5), Groups.Result(Groups.Call(Sum, type), Nines, (Int128)1, (Int128)(-5)));
        Assert.Equal((Int128)2, Groups.Result(Groups.Call(Sum, type), Nines, (Int128)1, (Int128)(-5), (Int128)7));
        Assert.Null(Groups.Result(Groups.Call(Avg, type), Nines, (Int128)1, (Int128)(-5)));
    }

    [Fact]
    public void Decimal_averages_have_six_digits_half_up()
    {
        AggregateCall call = Groups.Call(Avg, SqlType.Decimal(10, 2));
        Assert.Equal((Int128)1_666_667, Groups.Result(call, (Int128)100, (Int128)200, (Int128)200));
        Assert.Equal((Int128)(-1_666_667), Groups.Result(call, (Int128)(-100), (Int128)(-200), (Int128)(-200)));
        Int128 third = Int128.Parse("33333333333333");
        Int128 one = Int128.Parse("100000000000000");
        Assert.Equal(third, Groups.Result(Groups.Call(Avg, SqlType.Decimal(20, 14)), one, (Int128)0, (Int128)0));
    }

    [Fact]
    public void Approximate_sums_and_averages_round_as_their_types_do()
    {
        object?[] cancelling = [1e8f, 1f, -1e8f];
        Assert.Equal(0f, Groups.Result(Groups.Call(Sum, SqlType.Float), cancelling));
        Assert.Equal(0.33333334f, Groups.Result(Groups.Call(Avg, SqlType.Float), cancelling));
        Assert.Equal(0.6000000000000001, Groups.Result(Groups.Call(Sum, SqlType.Double), 0.1, 0.2, 0.3));
        Assert.Equal(double.PositiveInfinity, Groups.Result(Groups.Call(Sum, SqlType.Double), 1e308, 1e308));
        object lone = Groups.Result(Groups.Call(Sum, SqlType.Double), -0d)!;
        Assert.True(double.IsNegative((double)lone));
    }

    [Theory]
    [InlineData(double.NaN, 1d, double.NaN, double.NaN)]
    [InlineData(1d, double.NaN, 1d, 1d)]
    [InlineData(2d, double.PositiveInfinity, 2d, double.PositiveInfinity)]
    public void A_nan_neither_replaces_nor_is_replaced(double a, double b, double least, double most)
    {
        Assert.Equal(least, Groups.Result(Groups.Call(Min, SqlType.Double), a, null, b));
        Assert.Equal(most, Groups.Result(Groups.Call(Max, SqlType.Double), a, null, b));
    }

    [Fact]
    public void Of_two_zeros_the_first_stays()
    {
        Assert.False(double.IsNegative((double)Groups.Result(Groups.Call(Min, SqlType.Double), 0d, -0d)!));
        Assert.True(double.IsNegative((double)Groups.Result(Groups.Call(Max, SqlType.Double), -0d, 0d)!));
    }

    [Fact]
    public void Texts_and_booleans_have_ends()
    {
        Assert.Equal("b", Groups.Result(Groups.Call(Max, SqlType.String), "b", "B", "a", null));
        Assert.Equal("B", Groups.Result(Groups.Call(Min, SqlType.String), "b", "B", "a", null));
        Assert.Equal("", Groups.Result(Groups.Call(Min, SqlType.String), "b", ""));
        Assert.Equal(true, Groups.Result(Groups.Call(Max, SqlType.Boolean), false, true, false));
    }

    [Fact]
    public void Collect_counts_and_keeps_the_order_of_arrival()
    {
        Assert.Equal("a=2,b=1", Groups.Result(Groups.Call(Collect, SqlType.String), "a", null, "b", "a"));
        AggregateCall distinct = Groups.Call(Collect, SqlType.String, isDistinct: true);
        Assert.Equal("a=1,b=1", Groups.Result(distinct, "a", null, "b", "a"));
        Assert.Equal("", Groups.Result(Groups.Call(Collect, SqlType.String), null, null));
        Assert.Equal("7=3", Groups.Result(Groups.Call(Collect, SqlType.BigInt), 7L, 7L, 7L));
    }

    [Fact]
    public void Distinct_sums_take_each_value_once()
    {
        Assert.Equal(3, Groups.Result(Groups.Call(Sum, SqlType.Int, isDistinct: true), 1, 2, null, 1, 2));
        Assert.Equal(1, Groups.Result(Groups.Call(Avg, SqlType.Int, isDistinct: true), 1, 2, null, 1, 1, 1));
    }

    [Fact]
    public void Averages_beside_sum_and_count_are_taken_from_them()
    {
        SqlType type = SqlType.TinyInt;
        AggregateCall[] calls = [Groups.Call(Avg, type), Groups.Call(Sum, type), Groups.Call(Count, type)];
        Assert.Equal(-64, Groups.Result(Groups.Accumulators(calls)[0], calls[0], 127, 1));
        Assert.Equal(64, Groups.Result(Groups.Accumulators(calls[..2])[0], calls[0], 127, 1));

        SqlType wide = SqlType.Decimal(38, 0);
        calls = [Groups.Call(Sum, wide), Groups.Call(Count, wide), Groups.Call(Avg, wide)];
        Assert.Null(Groups.Result(Groups.Accumulators(calls)[0], calls[0], Nines, (Int128)1, (Int128)(-5)));

        calls = [Groups.Call(Avg, SqlType.Float), Groups.Call(Sum, SqlType.Float), Groups.Call(Count, SqlType.Float)];
        Assert.Equal(0f, Groups.Result(Groups.Accumulators(calls)[0], calls[0], 1e8f, 1f, -1e8f));
    }

    [Fact]
    public void Arrays_are_counted_by_their_values()
    {
        SqlType type = SqlType.Array(SqlType.String);
        ListVector list = (ListVector)ColumnVector.Create(type);
        list.Reset(4);
        ColumnVector elements = Expressions.Cells.Column(SqlType.String, "a", "b", "a", "b", null);
        VectorGather.Gather(elements, [0, 1, 2, 3, 4], list.Elements);
        (int Start, int Length)[] rows = [(0, 2), (2, 2), (0, 1), (4, 1)];
        for (int i = 0; i < rows.Length; i++)
        {
            (list.Starts[i], list.Lengths[i]) = rows[i];
        }

        Accumulator accumulator = Groups.Accumulator(Groups.Call(Count, type, isDistinct: true));
        accumulator.EnsureGroups(1);
        accumulator.Update([0, 0, 0, 0], list, [0, 1, 2, 3]);
        Assert.Equal(3L, Groups.Emit(accumulator, 0));
    }
}
