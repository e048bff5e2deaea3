using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>Arithmetic on plain objects, with BigInteger for everything exact.</summary>
internal static class ReferenceArithmetic
{
    public static object? Apply(CallExpression e, object?[] values)
    {
        if (e.Type.Kind == SqlTypeKind.Double)
        {
            return Doubles(e.Function.Name, [.. values.Select(v => (double)v!)]);
        }

        return e.Type.Kind == SqlTypeKind.Decimal ? Decimals(e, values) : Integers(e, values);
    }

    private static double Doubles(string name, double[] x) => name switch
    {
        "+" => x[0] + x[1],
        "-" => x[0] - x[1],
        "*" => x[0] * x[1],
        "/" => x[0] / x[1],
        "NEGATE" => -x[0],
        _ => Math.Abs(x[0]),
    };

    private static object Integers(CallExpression e, object?[] values)
    {
        BigInteger[] x = [.. values.Select(v => v is int i ? i : (BigInteger)(long)v!)];
        BigInteger result = e.Function.Name switch
        {
            "+" => x[0] + x[1],
            "-" => x[0] - x[1],
            "*" => x[0] * x[1],
            "/" => BigInteger.Divide(x[0], NotZero(x[1])),
            "%" => BigInteger.Remainder(x[0], NotZero(x[1])),
            "NEGATE" => -x[0],
            _ => BigInteger.Abs(x[0]),
        };
        return e.Type.Kind switch
        {
            SqlTypeKind.TinyInt => (int)(sbyte)Wrap(result, 8),
            SqlTypeKind.SmallInt => (int)(short)Wrap(result, 16),
            SqlTypeKind.Int => (int)Wrap(result, 32),
            _ => (object)(long)Wrap(result, 64),
        };
    }

    private static BigInteger Wrap(BigInteger value, int bits)
    {
        BigInteger size = BigInteger.One << bits;
        BigInteger low = ((value % size) + size) % size;
        return low >= size / 2 ? low - size : low;
    }

    private static BigInteger NotZero(BigInteger value) =>
        value.IsZero ? throw new ReferenceFailure(FailureReasons.DivisionByZero) : value;

    // A decimal is a fraction of two BigIntegers here.
    private static object? Decimals(CallExpression e, object?[] values)
    {
        BigInteger a = (Int128)values[0]!;
        BigInteger scaleA = Power(e.Arguments[0].Type.Scale);
        BigInteger b = values.Length > 1 ? (Int128)values[1]! : 1;
        BigInteger scaleB = values.Length > 1 ? Power(e.Arguments[1].Type.Scale) : 1;
        (BigInteger top, BigInteger bottom) = e.Function.Name switch
        {
            "+" => ((a * scaleB) + (b * scaleA), scaleA * scaleB),
            "-" => ((a * scaleB) - (b * scaleA), scaleA * scaleB),
            "*" => (a * b, scaleA * scaleB),
            "/" => To38Digits(a * scaleB, NotZero(b) * scaleA),
            "%" => (BigInteger.Remainder(a * scaleB, NotZero(b) * scaleA), scaleA * scaleB),
            "NEGATE" => (-a, scaleA),
            _ => (BigInteger.Abs(a), scaleA),
        };
        BigInteger result = HalfUp(top * Power(e.Type.Scale), bottom);
        return BigInteger.Abs(result) < Power(e.Type.Precision) ? (Int128)result : null;
    }

    // The fraction rounded to 38 significant digits, digit by digit.
    private static (BigInteger Top, BigInteger Bottom) To38Digits(BigInteger top, BigInteger bottom)
    {
        if (top.IsZero)
        {
            return (0, 1);
        }

        int exponent = 0;
        while (BigInteger.Abs(top) * Power(exponent) < BigInteger.Abs(bottom) * Power(37))
        {
            exponent++;
        }

        BigInteger down = 1;
        while (BigInteger.Abs(top) * Power(exponent) >= BigInteger.Abs(bottom) * down * Power(38))
        {
            down *= 10;
        }

        return (HalfUp(top * Power(exponent), bottom * down) * down, Power(exponent));
    }

    private static BigInteger HalfUp(BigInteger top, BigInteger bottom)
    {
        BigInteger magnitude = ((BigInteger.Abs(top) * 2) + BigInteger.Abs(bottom)) / (BigInteger.Abs(bottom) * 2);
        return magnitude * top.Sign * bottom.Sign;
    }

    private static BigInteger Power(int exponent) => BigInteger.Pow(10, exponent);
}
