using System.Globalization;
using System.Numerics;
using System.Text;
using Millrace.Data.Numbers;

namespace Millrace.Data.Tests.Numbers;

public class DoubleTextTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0009999, "9.999E-4")]
    [InlineData(9999999.0, "9999999.0")]
    [InlineData(1e7, "1.0E7")]
    [InlineData(12345678.9, "1.23456789E7")]
    [InlineData(9999999.999, "9999999.999")]
    [InlineData(123456.0625, "123456.0625")]
    [InlineData(2e23, "2.0E23")]
    [InlineData(4.9e-324, "4.9E-324")]
    [InlineData(9.9e-324, "9.9E-324")]
    [InlineData(2e-323, "2.0E-323")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157E308")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014E-308")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(59.95 / 3, "19.983333333333334")]
    [InlineData(-1234.5, "-1234.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Written_as_Java_does(double value, string expected) => Assert.Equal(expected, Write(value));

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(16777216f, "1.6777216E7")]
    [InlineData(3.4028235e38f, "3.4028235E38")]
    [InlineData(1.4e-45f, "1.4E-45")]
    [InlineData(-2.5f, "-2.5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Floats_have_their_own_shortest_digits(float value, string expected)
    {
        byte[] room = new byte[DoubleText.MaxLength];
        Assert.Equal(expected, Encoding.UTF8.GetString(room, 0, DoubleText.Write(room, value)));
    }

    [Fact]
    public void Any_value_reads_back_and_none_could_be_shorter()
    {
        Random random = new(1);
        for (int i = 0; i < 60_000; i++)
        {
            double value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => random.Next(100_000_000) / Math.Pow(10, random.Next(9)),
                2 => random.NextDouble() * Math.Pow(10, random.Next(-5, 9)),
                _ => random.Next(1000) * Math.Pow(10, random.Next(-320, 300)),
            };
            if (!double.IsFinite(value))
            {
                continue;
            }

            string text = Write(value);
            Assert.True(DoubleParser.TryParse(Encoding.UTF8.GetBytes(text), out double back));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
            Assert.Equal(Significant(value.ToString("R", CultureInfo.InvariantCulture)), Significant(text));
            bool plain = value == 0 || Math.Abs(value) is >= 1e-3 and < 1e7;
            Assert.Equal(plain, !text.Contains('E', StringComparison.Ordinal));
            Assert.Matches(plain ? @"^-?\d+\.\d+$" : @"^-?[1-9]\.\d+E-?\d+$", text);
        }
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData(" +Infinity ", double.PositiveInfinity)]
    [InlineData("1d", 1.0)]
    [InlineData("1.5F", 1.5)]
    [InlineData("+.5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("0x1p3", 8.0)]
    [InlineData("-0X1.8P-1", -0.75)]
    [InlineData("0x1.fffffffffffff8p0", 2.0)]
    [InlineData("0x1.fffffffffffff7p0", 1.9999999999999998)]
    [InlineData("0x1p-1074", 4.9e-324)]
    [InlineData("0x0.8p-1074", 0.0)]
    [InlineData("0x0.81p-1074", 4.9e-324)]
    [InlineData("0x1p1024", double.PositiveInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("1e-400", 0.0)]
    public void Java_reads(string text, double expected)
    {
        Assert.True(DoubleParser.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("∞")]
    [InlineData("1_0")]
    [InlineData("1,5")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("d")]
    [InlineData("0x1")]
    [InlineData("0xp1")]
    [InlineData("1 2")]
    [InlineData("--1")]
    public void Java_does_not_read(string text)
    {
        Assert.False(DoubleParser.TryParse(Encoding.UTF8.GetBytes(text), out double _));
        Assert.False(DoubleParser.TryParse(Encoding.UTF8.GetBytes(text), out float _));
    }

    private static string Write(double value)
    {
        byte[] room = new byte[DoubleText.MaxLength];
        return Encoding.UTF8.GetString(room, 0, DoubleText.Write(room, value));
    }

    // The digits without zeros at either end: where one digit is enough, Java may print another of two nearer to the
    // value.
    private static string Significant(string text)
    {
        string digits = new([.. text.Split('E')[0].Where(char.IsAsciiDigit)]);
        digits = digits.Trim('0');
        return BigInteger.TryParse(digits, out BigInteger n) && n < 100
            && text.Contains("E-32", StringComparison.Ordinal)
            ? "few" : digits;
    }
}
