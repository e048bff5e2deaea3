using System.Globalization;
using System.Numerics;
using System.Text;
using Millrace.Data.Numbers;

namespace Millrace.Data.Tests.Numbers;

public class DecimalTextTests
{
    [Theory]
    [InlineData("100.00", 10, 2, "1E+2", "100.00")]
    [InlineData("12.50", 10, 2, "12.5", "12.50")]
    [InlineData("105.05", 10, 2, "105.05", "105.05")]
    [InlineData("0.00", 10, 2, "0", "0.00")]
    [InlineData("-0", 5, 0, "0", "0")]
    [InlineData("120", 5, 0, "1.2E+2", "120")]
    [InlineData("454621864049246170", 20, 0, "4.5462186404924617E+17", "454621864049246170")]
    [InlineData("0.000000027", 11, 9, "2.7E-8", "0.000000027")]
    [InlineData("0.000001", 10, 6, "0.000001", "0.000001")]
    [InlineData("-0.0000001", 10, 7, "-1E-7", "-0.0000001")]
    [InlineData("12345678901234567890.123456789012345678", 38, 18, "12345678901234567890.123456789012345678",
        "12345678901234567890.123456789012345678")]
    public void Both_forms(string text, int precision, int scale, string stripped, string plain)
    {
        Assert.Equal(DecimalParse.Ok,
            DecimalParser.TryParse(Encoding.UTF8.GetBytes(text), precision, scale, out Int128 value));
        byte[] room = new byte[DecimalText.MaxLength];
        Assert.Equal(stripped, Encoding.UTF8.GetString(room, 0, DecimalText.WriteStripped(room, value, scale)));
        Assert.Equal(plain, Encoding.UTF8.GetString(room, 0, DecimalText.WritePlain(room, value, scale)));
    }

    [Theory]
    [InlineData("1e3", "1000.00")]
    [InlineData(" +1.005 ", "1.01")]
    [InlineData("-1.005", "-1.01")]
    [InlineData("1.00499999999999999999999999999999999999999999999", "1.00")]
    [InlineData("5E-3", "0.01")]
    [InlineData("4.9E-3", "0.00")]
    [InlineData("1e-999999999", "0.00")]
    [InlineData("٣.٥", "3.50")]
    [InlineData("99999999.994", "99999999.99")]
    [InlineData("99999999.995", null)]
    [InlineData("1e400", null)]
    public void Read_into_a_scale_of_two(string text, string? expected)
    {
        DecimalParse result = DecimalParser.TryParse(Encoding.UTF8.GetBytes(text), 10, 2, out Int128 value);
        Assert.Equal(expected is null ? DecimalParse.Overflow : DecimalParse.Ok, result);
        byte[] room = new byte[DecimalText.MaxLength];
        Assert.Equal(expected ?? "0.00", Encoding.UTF8.GetString(room, 0, DecimalText.WritePlain(room, value, 2)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("1e99999999999")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("1d")]
    [InlineData("é")]
    public void No_number(string text) =>
        Assert.Equal(DecimalParse.Invalid, DecimalParser.TryParse(Encoding.UTF8.GetBytes(text), 10, 2, out _));

    [Fact]
    public void Reading_agrees_with_exact_arithmetic()
    {
        Random random = new(4);
        byte[] room = new byte[DecimalText.MaxLength];
        for (int i = 0; i < 40_000; i++)
        {
            int precision = random.Next(1, 39);
            int scale = random.Next(0, precision + 1);
            int digits = random.Next(1, random.Next(2) == 0 ? 19 : 45);
            int fraction = random.Next(0, digits + 4);
            int exponent = random.Next(4) == 0 ? random.Next(-30, 30) : 0;
            BigInteger mantissa = BigInteger.Parse(
                string.Concat(Enumerable.Range(0, digits).Select(_ => random.Next(10))), CultureInfo.InvariantCulture);
            bool negative = random.Next(2) == 0;
            string text = Text(mantissa, fraction, exponent, negative);
            BigInteger? expected = Rounded(mantissa, exponent - fraction + scale, precision);
            DecimalParse result =
                DecimalParser.TryParse(Encoding.UTF8.GetBytes(text), precision, scale, out Int128 value);
            Assert.True((expected is null ? DecimalParse.Overflow : DecimalParse.Ok) == result,
                $"{text} ({precision},{scale}): {result}");
            if (expected is BigInteger exact)
            {
                Assert.True((Int128)(negative ? -exact : exact) == value, $"{text} ({precision},{scale}): {value}");
                string plain = Encoding.UTF8.GetString(room, 0, DecimalText.WritePlain(room, value, scale));
                Assert.Equal(DecimalParse.Ok,
                    DecimalParser.TryParse(Encoding.UTF8.GetBytes(plain), precision, scale, out Int128 back));
                Assert.Equal(value, back);
                string stripped = Encoding.UTF8.GetString(room, 0, DecimalText.WriteStripped(room, value, scale));
                DecimalParser.TryParse(Encoding.UTF8.GetBytes(stripped), precision, scale, out back);
                Assert.Equal(value, back);
                Assert.True(value == 0 || !stripped.Split('E')[0].Replace(".", "").EndsWith('0'), stripped);
            }
        }
    }

    [Fact]
    public void The_short_way_for_small_numbers_agrees_with_the_long_one()
    {
        Random random = new(5);
        for (int i = 0; i < 40_000; i++)
        {
            ulong mantissa = (ulong)random.NextInt64() >> random.Next(63);
            int exponent = random.Next(-40, 40);
            int precision = random.Next(1, 39);
            int scale = random.Next(0, precision + 1);
            bool negative = random.Next(2) == 0;
            byte[] text = Encoding.UTF8.GetBytes($"{(negative ? "-" : "")}{mantissa}E{exponent}");
            DecimalParse expected = DecimalParser.TryParse(text, precision, scale, out Int128 exact);
            DecimalParse actual =
                DecimalParser.FromParts(negative, mantissa, exponent, precision, scale, out Int128 value);
            Assert.True((expected, exact) == (actual, value), $"{mantissa}E{exponent} ({precision},{scale})");
        }
    }

    private static string Text(BigInteger mantissa, int fraction, int exponent, bool negative)
    {
        string digits = mantissa.ToString(CultureInfo.InvariantCulture).PadLeft(fraction + 1, '0');
        string text = fraction == 0 ? digits : digits[..^fraction] + "." + digits[^fraction..];
        return (negative ? "-" : "") + text + (exponent == 0 ? "" : $"e{exponent}");
    }

    // HALF_UP of mantissa × 10^shift; null when it has too many digits.
    private static BigInteger? Rounded(BigInteger mantissa, int shift, int precision)
    {
        BigInteger value = shift >= 0
            ? mantissa * BigInteger.Pow(10, shift)
            : (mantissa * 2 + BigInteger.Pow(10, -shift)) / (2 * BigInteger.Pow(10, -shift));
        return value >= BigInteger.Pow(10, precision) ? null : value;
    }
}
