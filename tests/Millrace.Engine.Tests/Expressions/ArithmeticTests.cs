using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;
using Xunit;
using static Millrace.Engine.Tests.Expressions.Evaluation;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Arithmetic by table: flink-semantics 1.6, questions 28 and 29.</summary>
public class ArithmeticTests
{
    [Theory]
    [InlineData("/", 7, 2, 3)]
    [InlineData("/", -7, 2, -3)]
    [InlineData("/", 7, -2, -3)]
    [InlineData("%", -7, 2, -1)]
    [InlineData("%", 7, -2, 1)]
    [InlineData("/", int.MinValue, -1, int.MinValue)]
    [InlineData("%", int.MinValue, -1, 0)]
    [InlineData("+", int.MaxValue, 1, int.MinValue)]
    [InlineData("*", int.MinValue, -1, int.MinValue)]
    public void Integers_cut_and_wrap(string name, int a, int b, int expected)
    {
        Expression call = Call(Function(name), SqlType.Int, Input(0, SqlType.Int), Input(1, SqlType.Int));
        Assert.Equal([expected], Column(call, Cells.Column(SqlType.Int, a), Cells.Column(SqlType.Int, b)));
    }

    [Theory]
    [InlineData("+", 127, 1, -128)]
    [InlineData("*", 127, 127, 1)]
    [InlineData("/", -128, -1, -128)]
    public void Narrow_integers_keep_their_type(string name, int a, int b, int expected)
    {
        SqlType type = SqlType.TinyInt;
        Expression call = Call(Function(name), type, Input(0, type), Input(1, type));
        Assert.Equal([expected], Column(call, Cells.Column(type, a), Cells.Column(type, b)));
    }

    [Fact]
    public void The_smallest_number_is_its_own_negative_and_magnitude()
    {
        InputColumn t = Input(0, SqlType.TinyInt);
        ColumnVector column = Cells.Column(SqlType.TinyInt, -128, -5, 5, null);
        Assert.Equal([-128, 5, -5, null], Column(Call(ScalarFunction.Negate, SqlType.TinyInt, t), column));
        Assert.Equal([-128, 5, 5, null], Column(Call(ScalarFunction.Abs, SqlType.TinyInt, t), column));
    }

    [Fact]
    public void A_remainder_is_cut_to_the_divisors_type()
    {
        Expression call = Call(
            ScalarFunction.Modulo, SqlType.Int, Input(0, SqlType.BigInt), Input(1, SqlType.Int));
        ColumnVector wide = Cells.Column(SqlType.BigInt, 4294967301L, -4L, null);
        Assert.Equal([1, -4, null], Column(call, wide, Cells.Column(SqlType.Int, 10, 10, 10)));
    }

    [Fact]
    public void Division_by_zero_fails_where_it_counts()
    {
        InputColumn a = Input(0, SqlType.Int);
        InputColumn z = Input(1, SqlType.Int);
        Expression quotient = Call(ScalarFunction.Divide, SqlType.Int, a, z);
        Batch batch = Cells.Batch(Cells.Column(SqlType.Int, 1, null, 6, 1), Cells.Column(SqlType.Int, 0, 0, 2, null));
        Evaluation plain = Of(quotient, batch);
        Assert.Equal(FailureReasons.DivisionByZero, plain.Failures[0]);
        Assert.All(plain.Failures.Skip(1), Assert.Null);
        Assert.Equal([null, null, 3, null], plain.Values);

        Expression isZero = Call(ScalarFunction.Equal, SqlType.Boolean, z, Literal.OfInt(0));
        Expression positive = Call(ScalarFunction.Greater, SqlType.Boolean, quotient, Literal.OfInt(0));
        Expression notZero = Call(ScalarFunction.Not, SqlType.Boolean, isZero);
        Evaluation both = Of(Call(ScalarFunction.And, SqlType.Boolean, notZero, positive), batch);
        Assert.Equal([false, false, true, null], both.Values);
        Assert.All(both.Failures, Assert.Null);
        Assert.All(Of(Call(ScalarFunction.Or, SqlType.Boolean, isZero, positive), batch).Failures, Assert.Null);
        CaseExpression guarded = new([new(isZero, Literal.OfInt(0))], quotient, SqlType.Int);
        Assert.Equal([0, 0, 3, null], Of(guarded, batch).Values);

        // COALESCE guards nothing, nor does AND the other way round.
        Expression coalesced = Call(ScalarFunction.Coalesce, SqlType.Int, a, quotient);
        Assert.Equal(FailureReasons.DivisionByZero, Of(coalesced, batch).Failures[0]);
        Assert.NotNull(Of(Call(ScalarFunction.And, SqlType.Boolean, positive, notZero), batch).Failures[0]);
    }

    [Fact]
    public void Constants_that_fail_do_so_for_the_rows_that_reach_them()
    {
        Expression quotient = Call(ScalarFunction.Divide, SqlType.Int, Literal.OfInt(1), Literal.OfInt(0));
        Assert.NotNull(Of(quotient, Cells.BatchOf([], 1)).Failures[0]);
        CaseExpression guarded = new([new(Literal.OfBoolean(true), Literal.OfInt(1))], quotient, SqlType.Int);
        Assert.Equal(1, Constant(guarded));
    }

    [Fact]
    public void Approximate_division_never_fails()
    {
        InputColumn[] sides = [Input(0, SqlType.Double), Input(1, SqlType.Double)];
        Expression call = Call(ScalarFunction.Divide, SqlType.Double, sides);
        object?[] values = Column(
            call, Cells.Column(SqlType.Double, 1d, -1d, 0d), Cells.Column(SqlType.Double, 0d, 0d, 0d));
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN], values);
    }

    [Fact]
    public void Decimals_have_the_types_of_the_table()
    {
        // 10.2 + 1 as DECIMAL(12,1) is 11.2; 7 % 0.7 keeps the scale.
        SqlType whole = SqlType.Decimal(10, 0);
        SqlType small = SqlType.Decimal(3, 1);
        Expression sum = Call(ScalarFunction.Add, SqlType.Decimal(12, 1), Input(0, small), Input(1, whole));
        Assert.Equal([(Int128)112], Column(sum, Decimal(small, 102), Decimal(whole, 1)));
        InputColumn price = Input(0, SqlType.Decimal(10, 2));
        Expression quotient = Call(ScalarFunction.Divide, SqlType.Decimal(21, 13), price, Input(1, whole));
        Assert.Equal(
            [(Int128)41_133_333_333_333],
            Column(quotient, Decimal(SqlType.Decimal(10, 2), 1234), Decimal(whole, 3)));
    }

    [Fact]
    public void A_decimal_overflow_is_null_or_fails_where_that_cannot_be()
    {
        Int128 nines = Int128.Parse("99999999999999999999999999999999999999");
        InputColumn a = Input(0, SqlType.Decimal(38, 0));
        Expression sum = Call(ScalarFunction.Add, SqlType.Decimal(38, 0), a, a);
        Assert.Equal([null], Column(sum, Decimal(SqlType.Decimal(38, 0), nines)));
        Expression notNull = Call(ScalarFunction.Add, SqlType.Decimal(38, 0).NotNull(), a, a);
        Evaluation failed = Of(notNull, Cells.Batch(Decimal(SqlType.Decimal(38, 0), nines)));
        Assert.Equal(FailureReasons.DecimalOverflow, failed.Failures[0]);
    }

    [Theory]
    [InlineData("2024-01-31 10:00:00", 1, "2024-02-29 10:00:00.000")]
    [InlineData("2024-03-31 10:00:00", -1, "2024-02-29 10:00:00.000")]
    [InlineData("2023-12-31 00:00:00", 14, "2025-02-28 00:00:00.000")]
    [InlineData("1969-12-31 23:59:59.999", -1, "1969-11-30 23:59:59.999")]
    public void Months_keep_the_day_or_take_the_last(string time, int months, string expected) =>
        Assert.Equal(expected, Shift(time, SqlType.Timestamp(3), new Literal(months, SqlType.IntervalYearMonth)));

    [Theory]
    [InlineData("2024-02-29 23:00:00", 3_600_000, "2024-03-01 00:00:00.000")]
    [InlineData("1970-01-01 00:00:00", -1, "1969-12-31 23:59:59.999")]
    public void Milliseconds_move_along_the_time_line(string time, long ms, string expected) =>
        Assert.Equal(expected, Shift(time, SqlType.Timestamp(3), new Literal(ms, SqlType.IntervalDayTime)));

    [Theory]
    [InlineData(25 * 3_600_000L, "2024-03-01")]
    [InlineData(23 * 3_600_000L, "2024-02-29")]
    [InlineData(-25 * 3_600_000L, "2024-02-28")]
    public void A_date_takes_whole_days(long ms, string expected) =>
        Assert.Equal(expected, Shift("2024-02-29", SqlType.Date, new Literal(ms, SqlType.IntervalDayTime)));

    [Fact]
    public void A_time_goes_round_at_midnight()
    {
        Assert.Equal("01:00:00", Shift("23:00:00", SqlType.Time(0), new Literal(7_200_000L, SqlType.IntervalDayTime)));
        Assert.Equal("23:00:00", Shift("01:00:00", SqlType.Time(0), new Literal(-7_200_000L, SqlType.IntervalDayTime)));
    }

    private static object? Shift(string time, SqlType type, Literal interval)
    {
        Expression start = new CastExpression(Input(0, SqlType.String), type);
        Expression moved = Call(ScalarFunction.Add, type, start, interval);
        Expression back = Call(ScalarFunction.Subtract, type, moved, interval);
        ColumnVector column = Cells.Column(SqlType.String, time, null);
        if (interval.Type.Kind == SqlTypeKind.IntervalDayTime)
        {
            Assert.Equal(Column(start, column), Column(back, column));
        }

        return Column(new CastExpression(moved, SqlType.String), column)[0];
    }

    private static ColumnVector Decimal(SqlType type, Int128 value) => Cells.Column(type, value);

    private static ScalarFunction Function(string name) => ScalarFunction.All.Single(f => f.Name == name);
}
