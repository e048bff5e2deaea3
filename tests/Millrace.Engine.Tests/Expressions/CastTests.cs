using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>CAST and TRY_CAST by table: flink-semantics 1.8, with what a real Flink answered.</summary>
public class CastTests
{
    private const string Fails = "fails";

    [Theory]
    [InlineData("0", "0", "0", "0.00")]
    [InlineData("+1", "1", "1", "1.00")]
    [InlineData("-1.9", "-1", "-2", "-1.90")]
    [InlineData("1.", "1", "1", "1.00")]
    [InlineData(".5", "0", "1", "0.50")]
    [InlineData("-.5", "0", "-1", "-0.50")]
    [InlineData(".", "0", "0", Fails)]
    [InlineData("1e3", Fails, "1000", "1000.00")]
    [InlineData("1E-3", Fails, "0", "0.00")]
    [InlineData(" 1", "1", "1", "1.00")]
    [InlineData("1 ", "1", "1", "1.00")]
    [InlineData("\t1\n", Fails, "1", "1.00")]
    [InlineData("1 2", Fails, Fails, Fails)]
    [InlineData("", Fails, Fails, Fails)]
    [InlineData(" ", Fails, Fails, Fails)]
    [InlineData("-", Fails, Fails, Fails)]
    [InlineData("--1", Fails, Fails, Fails)]
    [InlineData("abc", Fails, Fails, Fails)]
    [InlineData("0x10", Fails, Fails, Fails)]
    [InlineData("00012", "12", "12", "12.00")]
    [InlineData("-0", "0", "0", "0.00")]
    [InlineData("2147483647.9", "2147483647", "2147483648", "2147483647.90")]
    [InlineData("2147483648", Fails, "2147483648", "2147483648.00")]
    [InlineData("-2147483649", Fails, "-2147483649", "-2147483649.00")]
    [InlineData("99999999999999999999", Fails, Fails, "99999999999999999999.00")]
    [InlineData("1,000", Fails, Fails, Fails)]
    [InlineData("1_000", Fails, Fails, Fails)]
    [InlineData("１", Fails, Fails, "1.00")]
    [InlineData("NaN", Fails, Fails, Fails)]
    [InlineData("1d", Fails, "1", Fails)]
    [InlineData("1.x", Fails, "1", Fails)]
    [InlineData("1e400", Fails, Fails, Fails)]
    [InlineData("1e-400", Fails, Fails, "0.00")]
    [InlineData("0.005", "0", "0", "0.01")]
    [InlineData("true", Fails, Fails, Fails)]
    public void Texts_become_exact_numbers(string text, string asInt, string asShortDecimal, string asLongDecimal)
    {
        Assert.Equal(asInt, Cast(text, SqlType.String, SqlType.Int));
        Assert.Equal(asShortDecimal, Cast(text, SqlType.String, SqlType.Decimal(10, 0)));
        Assert.Equal(asLongDecimal, Cast(text, SqlType.String, SqlType.Decimal(38, 2)));
    }

    [Theory]
    [InlineData("127", "127", "127", "127.0")]
    [InlineData("128", Fails, "128", "128.0")]
    [InlineData("-129", Fails, "-129", "-129.0")]
    [InlineData("32768", Fails, Fails, "32768.0")]
    [InlineData("1e400", Fails, Fails, "Infinity")]
    [InlineData(" 1.5 ", "1", "1", "1.5")]
    [InlineData("1d", Fails, Fails, "1.0")]
    [InlineData("NaN", Fails, Fails, "NaN")]
    [InlineData("Infinity", Fails, Fails, "Infinity")]
    [InlineData("-inf", Fails, Fails, Fails)]
    [InlineData("0x10", Fails, Fails, Fails)]
    public void Texts_become_narrow_and_approximate_numbers(string text, string tiny, string small, string asDouble)
    {
        Assert.Equal(tiny, Cast(text, SqlType.String, SqlType.TinyInt));
        Assert.Equal(small, Cast(text, SqlType.String, SqlType.SmallInt));
        Assert.Equal(asDouble, Cast(text, SqlType.String, SqlType.Double));
    }

    [Theory]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", Fails)]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("-9223372036854775809", Fails)]
    public void Texts_become_bigints(string text, string expected) =>
        Assert.Equal(expected, Cast(text, SqlType.String, SqlType.BigInt));

    [Theory]
    [InlineData("t", "TRUE")]
    [InlineData("tRuE", "TRUE")]
    [InlineData("yes", "TRUE")]
    [InlineData("1", "TRUE")]
    [InlineData("F", "FALSE")]
    [InlineData("No", "FALSE")]
    [InlineData("0", "FALSE")]
    [InlineData("on", Fails)]
    [InlineData(" true ", Fails)]
    [InlineData("", Fails)]
    [InlineData("2", Fails)]
    public void Texts_become_booleans(string text, string expected) =>
        Assert.Equal(expected, Cast(text, SqlType.String, SqlType.Boolean));

    [Theory]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29 00:00:00.000")]
    [InlineData("2024-2-9", "2024-02-09", "2024-02-09 00:00:00.000")]
    [InlineData("2023-02-29", Fails, "2023-02-28 00:00:00.000")]
    [InlineData("2024-04-31", Fails, "2024-04-30 00:00:00.000")]
    [InlineData("2024-02-32", Fails, Fails)]
    [InlineData("2024-13-01", Fails, Fails)]
    [InlineData("2024-00-10", Fails, Fails)]
    [InlineData("2024-01-00", Fails, Fails)]
    [InlineData("2024", "2024-01-01", Fails)]
    [InlineData("2024-02", "2024-02-01", Fails)]
    [InlineData("123", "0123-01-01", Fails)]
    [InlineData("24-02-03", "0024-02-03", Fails)]
    [InlineData("10000-01-01", Fails, Fails)]
    [InlineData("0000-01-01", "0000-01-01", Fails)]
    [InlineData("-0001-01-01", Fails, Fails)]
    [InlineData("2024-02-29 10:11:12.3456789", "2024-02-29", "2024-02-29 10:11:12.345")]
    [InlineData("2024-02-29T10:11:12", Fails, Fails)]
    [InlineData("2024-02-29 10:11:12+02:00", "2024-02-29", Fails)]
    [InlineData("2024-02-29 10:11:12 UTC", "2024-02-29", Fails)]
    [InlineData("2024-02-29 10:11", "2024-02-29", Fails)]
    [InlineData("2024-02-29 ", "2024-02-29", Fails)]
    [InlineData(" 2024-02-29", "2024-02-29", Fails)]
    [InlineData(" 2024-02-29 10:11:12 ", Fails, Fails)]
    [InlineData("2024-2-9 1:2:3", "2024-02-09", "2024-02-09 01:02:03.000")]
    [InlineData("2024-02-29 24:00:00", "2024-02-29", "2024-03-01 00:00:00.000")]
    [InlineData("2024-02-29 23:59:60", "2024-02-29", Fails)]
    [InlineData("2024-02-29 10:60:00", "2024-02-29", Fails)]
    [InlineData("2024-02-29 10:11:12.123456789", "2024-02-29", "2024-02-29 10:11:12.123")]
    [InlineData("2024-02-29 10:11:12.1234567891", "2024-02-29", Fails)]
    [InlineData("2024-02-29 10:11:12.", "2024-02-29", "2024-02-29 10:11:12.000")]
    [InlineData("1969-12-31 23:59:59.9999", "1969-12-31", "1969-12-31 23:59:59.999")]
    [InlineData("20240229", Fails, Fails)]
    [InlineData("2024-02-29x", Fails, Fails)]
    [InlineData("2024-", Fails, Fails)]
    [InlineData("x", Fails, Fails)]
    public void Texts_become_dates_and_timestamps(string text, string date, string timestamp)
    {
        Assert.Equal(date, Cast(text, SqlType.String, SqlType.Date));
        Assert.Equal(timestamp, Cast(text, SqlType.String, SqlType.Timestamp(3)));
        Assert.Equal(timestamp, Cast(text, SqlType.String, SqlType.TimestampLtz(3)));
    }

    [Theory]
    [InlineData("10:11:12.3456", "10:11:12")]
    [InlineData("10:11", "10:11:00")]
    [InlineData("10", "10:00:00")]
    [InlineData("1:2:3", "01:02:03")]
    [InlineData("24:00:00", Fails)]
    [InlineData("2024", Fails)]
    [InlineData("2024-02-29", Fails)]
    public void Texts_become_times(string text, string expected) =>
        Assert.Equal(expected, Cast(text, SqlType.String, SqlType.Time(0)));

    [Theory]
    [InlineData(128L, "-128", "128", "128")]
    [InlineData(2147483648L, "0", "0", "-2147483648")]
    [InlineData(-129L, "127", "-129", "-129")]
    public void Integers_keep_their_low_bits(long value, string tiny, string small, string asInt)
    {
        Assert.Equal(tiny, Cast(value, SqlType.BigInt, SqlType.TinyInt));
        Assert.Equal(small, Cast(value, SqlType.BigInt, SqlType.SmallInt));
        Assert.Equal(asInt, Cast(value, SqlType.BigInt, SqlType.Int));
        Assert.Equal("TRUE", Cast(value, SqlType.BigInt, SqlType.Boolean));
    }

    [Theory]
    [InlineData(1.9, "1", "1", "1", "1.90")]
    [InlineData(-1.9, "-1", "-1", "-1", "-1.90")]
    [InlineData(1.005, "1", "1", "1", "1.01")]
    [InlineData(3000000000d, "-1", "2147483647", "3000000000", null)]
    [InlineData(-1e19, "0", "-2147483648", "-9223372036854775808", null)]
    [InlineData(127.99, "127", "127", "127", "127.99")]
    [InlineData(double.NaN, "0", "0", "0", Fails)]
    [InlineData(double.PositiveInfinity, "-1", "2147483647", "9223372036854775807", Fails)]
    public void Doubles_are_cut_and_saturate(double value, string tiny, string asInt, string big, string? asDecimal)
    {
        Assert.Equal(tiny, Cast(value, SqlType.Double, SqlType.TinyInt));
        Assert.Equal(asInt, Cast(value, SqlType.Double, SqlType.Int));
        Assert.Equal(big, Cast(value, SqlType.Double, SqlType.BigInt));
        Assert.Equal(asDecimal, Cast(value, SqlType.Double, SqlType.Decimal(10, 2)));

        // This one failure is TRY_CAST's too.
        Assert.Equal(asDecimal, Cast(value, SqlType.Double, SqlType.Decimal(10, 2), isTry: true));
    }

    [Fact]
    public void Floats_are_doubles_first()
    {
        Assert.Equal("1.0049999952316284", Cast(1.005f, SqlType.Float, SqlType.Decimal(38, 16)));
        Assert.Equal("1.005", Cast(1.005f, SqlType.Float, SqlType.String));
    }

    [Theory]
    [InlineData("2147483647.99999", "-1", "2147483647", null, "2147483647.99999")]
    [InlineData("99999999999999.99999", "-1", "276447231", null, "99999999999999.99999")]
    [InlineData("-32769.00000", "-1", "-32769", "-32769.00", "-32769.00000")]
    [InlineData("2.50000", "2", "2", "2.50", "2.50000")]
    [InlineData("0.00500", "0", "0", "0.01", "0.00500")]
    public void Decimals_are_cut_rounded_or_null(string value, string tiny, string asInt, string? narrow, string text)
    {
        SqlType type = SqlType.Decimal(20, 5);
        Int128 unscaled = Int128.Parse(value.Replace(".", "", StringComparison.Ordinal));
        Assert.Equal(tiny, Cast(unscaled, type, SqlType.TinyInt));
        Assert.Equal(asInt, Cast(unscaled, type, SqlType.Int));
        Assert.Equal(narrow, Cast(unscaled, type, SqlType.Decimal(10, 2)));
        Assert.Equal(text, Cast(unscaled, type, SqlType.String));
    }

    [Fact]
    public void A_number_too_large_for_a_decimal_is_null_or_fails_where_that_cannot_be()
    {
        Assert.Null(Cast(12345, SqlType.Int, SqlType.Decimal(4, 0)));
        Expression cast = new CastExpression(Literal.OfInt(12345), SqlType.Decimal(4, 0).NotNull());
        Assert.Equal(FailureReasons.DecimalOverflow, Evaluation.Of(cast, Cells.BatchOf([], 1)).Failures[0]);
        Assert.Equal(Fails, Cast("12345", SqlType.String, SqlType.Decimal(4, 0)));
    }

    [Theory]
    [InlineData("abc", 2, "ab", "ab")]
    [InlineData("é😀", 2, "é😀", "é😀")]
    [InlineData("", 2, "", "  ")]
    [InlineData("a", 2, "a", "a ")]
    [InlineData("  x ", 5, "  x ", "  x  ")]
    public void Texts_are_cut_and_padded(string text, int length, string varchar, string fixedLength)
    {
        Assert.Equal(varchar, Cast(text, SqlType.String, SqlType.VarChar(length)));
        Assert.Equal(fixedLength, Cast(text, SqlType.String, SqlType.Char(length)));
    }

    [Fact]
    public void Booleans_and_numbers_become_texts()
    {
        Assert.Equal("TRUE", Cast(true, SqlType.Boolean, SqlType.String));
        Assert.Equal("FAL", Cast(false, SqlType.Boolean, SqlType.Char(3)));
        Assert.Equal("-21", Cast(int.MinValue, SqlType.Int, SqlType.VarChar(3)));
        Assert.Equal("1.0E7", Cast(1e7, SqlType.Double, SqlType.String));
        Assert.Equal("+1 02:03:04.500", Cast(93_784_500L, SqlType.IntervalDayTime, SqlType.String));
        Assert.Equal("-1-02", Cast(-14, SqlType.IntervalYearMonth, SqlType.String));
    }

    [Theory]
    [InlineData(1709201472345, "2024-02-29", "10:11:12", "2024-02-29 10:11:12")]
    [InlineData(-1, "1969-12-31", "00:00:00", "1970-01-01 00:00:00")]
    [InlineData(-5500, "1969-12-31", "23:59:54", "1969-12-31 23:59:55")]
    public void Timestamps_become_dates_and_times(long ms, string date, string time, string seconds)
    {
        Assert.Equal(date, Cast(ms, SqlType.Timestamp(3), SqlType.Date));
        Assert.Equal(time, Cast(ms, SqlType.Timestamp(3), SqlType.Time(0)));
        Assert.Equal(seconds, Cast(ms, SqlType.Timestamp(3), SqlType.Timestamp(0)));
        Assert.Equal(date, Cast(ms, SqlType.TimestampLtz(3), SqlType.Date));
    }

    [Theory]
    [InlineData("2024-03-10 01:59:59.999", "2024-03-10 01:59:59.999")]
    [InlineData("2024-03-10 02:30:00.000", "2024-03-10 03:30:00.000")]
    [InlineData("2024-11-03 01:30:00.000", "2024-11-03 01:30:00.000")]
    public void Wall_times_meet_instants_in_the_session_zone(string wall, string back)
    {
        TimeZoneInfo zone = NewYork();
        InputColumn column = Evaluation.Input(0, SqlType.String);
        Expression instant = new CastExpression(column, SqlType.TimestampLtz(3));
        Kernel kernel = ExpressionCompiler.Compile(new CastExpression(instant, SqlType.String), zone);
        Assert.Equal(back, Evaluation.Of(kernel, Cells.Batch(Cells.Column(SqlType.String, wall))).Values[0]);
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_the_first_is_meant()
    {
        InputColumn column = Evaluation.Input(0, SqlType.Timestamp(3));
        Kernel kernel = ExpressionCompiler.Compile(new CastExpression(column, SqlType.TimestampLtz(3)), NewYork());
        long wall = new DateTimeOffset(2024, 11, 3, 1, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        long[] walls = [wall, wall + 1_800_000];
        Evaluation result = Evaluation.Of(kernel, Cells.Batch(Cells.Column(SqlType.Timestamp(3), walls[0], walls[1])));
        Assert.Equal(walls[0] + (4 * 3_600_000), result.Values[0]);
        Assert.Equal(walls[1] + (5 * 3_600_000), result.Values[1]);
    }

    [Fact]
    public void A_failure_names_value_and_type()
    {
        Expression cast = new CastExpression(Evaluation.Input(0, SqlType.String), SqlType.Int);
        RowMask mask = new();
        mask.SetAll(1);
        FailureSink sink = new();
        ExpressionCompiler.Compile(cast).Evaluate(Cells.Batch(Cells.Column(SqlType.String, "abc")), mask, sink);
        Assert.Equal("'abc' is no INTEGER.", Assert.Single(sink.Failures).Message);
    }

    // A zone of one rule, so that the test does not depend on the machine's table.
    private static TimeZoneInfo NewYork()
    {
        TimeZoneInfo.TransitionTime spring = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(
            new DateTime(1, 1, 1, 2, 0, 0), 3, 2, DayOfWeek.Sunday);
        TimeZoneInfo.TransitionTime autumn = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(
            new DateTime(1, 1, 1, 2, 0, 0), 11, 1, DayOfWeek.Sunday);
        TimeZoneInfo.AdjustmentRule rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("t", TimeSpan.FromHours(-5), "t", "t", "t", [rule]);
    }

    // The value as text, null for NULL, or that it fails.
    private static string? Cast(object value, SqlType from, SqlType to, bool isTry = false)
    {
        ColumnVector column = Cells.Column(from, value);
        Expression cast = new CastExpression(Evaluation.Input(0, from), to, isTry);
        Evaluation result = Evaluation.Of(new CastExpression(cast, SqlType.String), Cells.Batch(column));
        if (result.Failures[0] is not null && value is string)
        {
            Assert.Null(Cast(value, from, to, isTry: true));
        }

        return result.Failures[0] is null ? (string?)result.Values[0] : Fails;
    }
}
