using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>
/// Typed random expressions over one column of each type, small values with many ties, zeros, NULLs and ends.
/// </summary>
internal sealed class RandomExpressions(Random random)
{
    public static readonly SqlType[] Types =
    [
        SqlType.Boolean, SqlType.TinyInt, SqlType.SmallInt, SqlType.Int, SqlType.BigInt, SqlType.Double, SqlType.String,
        SqlType.Decimal(5, 2), SqlType.Decimal(18, 0), SqlType.Decimal(20, 19), SqlType.Decimal(38, 10),
        SqlType.Timestamp(3),
    ];

    private static readonly ScalarFunction[] Comparisons =
    [
        ScalarFunction.Equal, ScalarFunction.NotEqual, ScalarFunction.Less, ScalarFunction.LessOrEqual,
        ScalarFunction.Greater, ScalarFunction.GreaterOrEqual, ScalarFunction.IsDistinctFrom,
        ScalarFunction.IsNotDistinctFrom,
    ];

    private static readonly ScalarFunction[] Tests =
    [
        ScalarFunction.IsTrue, ScalarFunction.IsNotTrue, ScalarFunction.IsFalse, ScalarFunction.IsNotFalse,
        ScalarFunction.Not,
    ];

    private static readonly ScalarFunction[] Arithmetic =
    [
        ScalarFunction.Add, ScalarFunction.Subtract, ScalarFunction.Multiply, ScalarFunction.Divide,
        ScalarFunction.Modulo, ScalarFunction.Negate, ScalarFunction.Abs,
    ];

    public object? Value(SqlType type) => random.Next(5) == 0 ? null : type.Kind switch
    {
        SqlTypeKind.Boolean => random.Next(2) == 0,
        SqlTypeKind.TinyInt => Pick<object>(0, 1, -1, 2, -7, 127, -128),
        SqlTypeKind.SmallInt => Pick<object>(0, 1, -1, 2, -7, 32767, -32768),
        SqlTypeKind.Int => Pick<object>(0, 1, -1, 2, -7, int.MaxValue, int.MinValue),
        SqlTypeKind.BigInt => Pick<object>(0L, 1L, -1L, 2L, -7L, long.MaxValue, long.MinValue),
        SqlTypeKind.Timestamp => Pick<object>(0L, -1L, 1_600_000_000_000L),
        SqlTypeKind.Double => Pick<object>(0d, -0d, 1d, 1.5, -2.5, double.NaN, double.PositiveInfinity, 1e308),
        SqlTypeKind.Decimal => Decimal(type.Precision),
        _ => Pick<object>(
            "", "a", "b", "page_view", "page_view_", "page_viez", "é😀", "a rather long text, longer than 16"),
    };

    public Expression Make(SqlType type, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return random.Next(3) == 0 ? Literal(type) : Column(type);
        }

        return random.Next(5) switch
        {
            0 => Case(type, depth),
            1 => new CallExpression(ScalarFunction.Coalesce, Several(type, depth), type),
            _ => Special(type, depth),
        };
    }

    private Expression Special(SqlType type, int depth)
    {
        if (type == SqlType.Boolean)
        {
            return Condition(depth);
        }

        if (type.Kind == SqlTypeKind.Decimal)
        {
            return DecimalCall(type, depth);
        }

        if (!type.IsNumeric)
        {
            return Case(type, depth);
        }

        bool isDouble = type.Kind == SqlTypeKind.Double;
        ScalarFunction function = Pick(isDouble ? [.. Arithmetic.Where(f => f.Name != "%")] : Arithmetic);
        if (function == ScalarFunction.Modulo)
        {
            SqlType dividend = Pick(SqlType.TinyInt, SqlType.Int, SqlType.BigInt);
            return new CallExpression(function, [Make(dividend, depth - 1), Make(type, depth - 1)], type);
        }

        return new CallExpression(function, Arguments(function, type, depth), type);
    }

    private Expression DecimalCall(SqlType type, int depth)
    {
        ScalarFunction function = Pick(Arithmetic);
        return function == ScalarFunction.Negate || function == ScalarFunction.Abs
            ? new CallExpression(function, [Make(type, depth - 1)], type)
            : new CallExpression(function, [Make(AnyDecimal(), depth - 1), Make(AnyDecimal(), depth - 1)], type);
    }

    private Expression Condition(int depth)
    {
        SqlType type = Pick(Types);
        switch (random.Next(6))
        {
            case 0:
                return new CallExpression(
                    Pick(ScalarFunction.IsNull, ScalarFunction.IsNotNull), [Make(type, depth - 1)], SqlType.Boolean);
            case 1:
                return new CallExpression(Pick(Tests), [Make(SqlType.Boolean, depth - 1)], SqlType.Boolean);
            case 2:
                return In(type, depth);
            case 3:
                SqlType other = type.Kind == SqlTypeKind.Decimal ? AnyDecimal() : type;
                return new CallExpression(
                    Pick(Comparisons), [Make(type, depth - 1), Make(other, depth - 1)], SqlType.Boolean);
            default:
                return new CallExpression(
                    Pick(ScalarFunction.And, ScalarFunction.Or),
                    [Make(SqlType.Boolean, depth - 1), Make(SqlType.Boolean, depth - 1)], SqlType.Boolean);
        }
    }

    private InListExpression In(SqlType type, int depth)
    {
        int count = Pick(1, 2, 5, 20);
        return new InListExpression(
            Make(type, depth - 1), [.. Enumerable.Range(0, count).Select(_ => Literal(type))], SqlType.Boolean);
    }

    private CaseExpression Case(SqlType type, int depth) => new(
        [.. Enumerable.Range(0, 1 + random.Next(3))
            .Select(_ => new CaseBranch(Make(SqlType.Boolean, depth - 1), Make(type, depth - 1)))],
        Make(type, depth - 1),
        type);

    private Expression[] Arguments(ScalarFunction function, SqlType type, int depth) =>
        function == ScalarFunction.Negate || function == ScalarFunction.Abs
            ? [Make(type, depth - 1)]
            : [Make(type, depth - 1), Make(type, depth - 1)];

    private Expression[] Several(SqlType type, int depth) =>
        [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Make(type, depth - 1))];

    private static InputColumn Column(SqlType type)
    {
        int index = Array.IndexOf(Types, type);
        return new InputColumn(index, $"c{index}", type);
    }

    private Literal Literal(SqlType type)
    {
        object? value = Value(type);
        return new Literal(value is string text ? System.Text.Encoding.UTF8.GetBytes(text) : value, type);
    }

    private Int128 Decimal(int precision)
    {
        Int128 value = 0;
        for (int digits = random.Next(precision + 1); digits > 0; digits--)
        {
            value = (value * 10) + Pick(0, 5, 9, 9, random.Next(10));
        }

        return random.Next(2) == 0 ? value : -value;
    }

    private SqlType AnyDecimal() => Pick([.. Types.Where(t => t.Kind == SqlTypeKind.Decimal)]);

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];
}
