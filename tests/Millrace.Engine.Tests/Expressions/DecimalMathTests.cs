using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>
/// Decimal arithmetic against BigInteger, on values near ties, ends and the borders between its paths.
/// </summary>
public class DecimalMathTests
{
    private static readonly string[] Names = ["+", "*", "/", "%"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Operations_agree_with_the_reference(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 8_000; i++)
        {
            SqlType a = Type(random);
            SqlType b = Type(random);
            SqlType result = Type(random);
            Int128 y = Value(random, b.Precision);
            Int128 x = random.Next(2) == 0 ? Value(random, a.Precision) : NearTie(random, y, a.Precision);
            Check(Names[i % 4], x, a, y, b, result);
        }
    }

    [Fact]
    public void Division_rounds_to_38_digits_first()
    {
        // k + 7/15 = k.4666..: k has 37 digits, so that 38 of them are k.5, and that is rounded up.
        Int128 k = (DecimalMath.Power(36) * 6) + 7;
        SqlType wide = SqlType.Decimal(38, 0);
        Assert.Equal(k + 1, Apply("/", (k * 15) + 7, wide, 15, wide, wide));
    }

    [Fact]
    public void Doubles_are_the_nearest()
    {
        Random random = new(5);
        for (int i = 0; i < 5000; i++)
        {
            SqlType type = Type(random);
            Int128 value = Value(random, type.Precision);
            double expected = double.Parse($"{value}E-{type.Scale}", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(expected, DecimalMath.ToDouble(value, type.Scale));
        }
    }

    [Fact]
    public void Digits_are_counted()
    {
        for (int i = 0; i < 38; i++)
        {
            Assert.Equal(i + 1, DecimalMath.Digits(DecimalMath.Power(i)));
            Assert.Equal(Math.Max(1, i), DecimalMath.Digits(1 - DecimalMath.Power(i)));
        }
    }

    private static void Check(string name, Int128 x, SqlType a, Int128 y, SqlType b, SqlType result)
    {
        if (y == 0 && name is ("/" or "%"))
        {
            return;
        }

        ScalarFunction function = ScalarFunction.All.Single(f => f.Name == name);
        CallExpression call = new(function, [new InputColumn(0, "a", a), new InputColumn(1, "b", b)], result);
        object? expected = ReferenceArithmetic.Apply(call, [x, y]);
        Int128? actual = Apply(name, x, a, y, b, result);
        Assert.True(Equals(expected, actual), $"{x}:{a} {name} {y}:{b} as {result} is {expected}, not {actual}");
    }

    private static Int128? Apply(string name, Int128 x, SqlType a, Int128 y, SqlType b, SqlType result)
    {
        (int p, int s) = (result.Precision, result.Scale);
        Int128 value;
        bool fits = name switch
        {
            "+" => DecimalMath.TryAdd(x, a.Scale, y, b.Scale, p, s, out value),
            "*" => DecimalMath.TryMultiply(x, a.Scale, y, b.Scale, p, s, out value),
            "/" => DecimalMath.TryDivide(x, a.Scale, y, b.Scale, p, s, out value),
            _ => DecimalMath.TryModulo(x, a.Scale, y, b.Scale, p, s, out value),
        };
        return fits ? value : null;
    }

    private static SqlType Type(Random random)
    {
        int precision = random.Next(3) switch { 0 => 38, 1 => random.Next(1, 19), _ => random.Next(1, 39) };
        return SqlType.Decimal(precision, random.Next(precision + 1));
    }

    private static Int128 Value(Random random, int precision)
    {
        Int128 value = 0;
        int style = random.Next(3);
        for (int digits = random.Next(precision + 1); digits > 0; digits--)
        {
            value = (value * 10) + (style == 0 ? 9 : style == 1 ? random.Next(10) : random.Next(2) * 5);
        }

        return random.Next(2) == 0 ? value : -value;
    }

    // (q + 1/2) · y, give or take one: a quotient at a tie, or next to it.
    private static Int128 NearTie(Random random, Int128 y, int precision)
    {
        BigInteger half = ((BigInteger)Value(random, 19) * 10) + 5;
        BigInteger value = (half * y) + random.Next(-1, 2);
        return BigInteger.Abs(value) < BigInteger.Pow(10, precision) ? (Int128)value : Value(random, precision);
    }
}
