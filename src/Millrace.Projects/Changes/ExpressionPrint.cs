using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>What an expression is, given what its input's columns are.</summary>
internal static class ExpressionPrint
{
    private static readonly ScalarFunction[] Suffixes =
    [
        ScalarFunction.IsNull, ScalarFunction.IsNotNull, ScalarFunction.IsTrue, ScalarFunction.IsNotTrue,
        ScalarFunction.IsFalse, ScalarFunction.IsNotFalse,
    ];

    public static Print Of(Expression expression, IReadOnlyList<Print?> columns)
    {
        if (expression is InputColumn column)
        {
            return columns[column.Index]!;
        }

        Print[] operands = [.. expression.Operands.Select(o => Of(o, columns))];
        string[] own = [Name(expression), expression.Type.ToString()];
        return new Print(
            TextOf(expression, [.. operands.Select(o => o.Text)]),
            Fingerprint.Of(own.Concat(operands.Select(o => o.Deep))),
            [.. operands.SelectMany(o => o.From).Distinct()]);
    }

    /// <summary>Whether a row may be refused because of it: the rows that a query gives then depend on it.</summary>
    public static bool MayFail(Expression expression) => expression switch
    {
        CastExpression { IsTry: false } cast when IsFallible(cast) => true,
        CallExpression call when IsFallible(call) => true,
        _ => expression.Operands.Any(MayFail),
    };

    private static bool IsFallible(CastExpression cast) =>
        (cast.Operand.Type.IsCharacter && !cast.Type.IsCharacter)
        || cast.Type is { Kind: SqlTypeKind.Decimal, IsNullable: false };

    private static bool IsFallible(CallExpression call) =>
        ((call.Function == ScalarFunction.Divide || call.Function == ScalarFunction.Modulo) && !call.Type.IsApproximate)
        || call.Type is { Kind: SqlTypeKind.Decimal, IsNullable: false };

    private static string Name(Expression expression) => expression switch
    {
        Literal literal => $"literal {literal}",
        CallExpression call => $"call {call.Function.Name}",
        CastExpression cast => cast.IsTry ? "try_cast" : "cast",
        CaseExpression => "case",
        InListExpression => "in",
        _ => throw new NotSupportedException($"no fingerprint for {expression.GetType().Name}"),
    };

    private static string TextOf(Expression expression, string[] operands) => expression switch
    {
        CallExpression call => Call(call.Function, operands),
        CastExpression cast => $"{(cast.IsTry ? "TRY_CAST" : "CAST")}({operands[0]} AS {cast.Type})",
        CaseExpression => Case(operands),
        InListExpression => $"{operands[0]} IN ({string.Join(", ", operands[1..])})",
        _ => expression.ToString()!,
    };

    private static string Call(ScalarFunction function, string[] operands)
    {
        if (Suffixes.Contains(function))
        {
            return $"{operands[0]} {function.Name}";
        }

        bool isInfix = operands.Length == 2 && (function == ScalarFunction.And || function == ScalarFunction.Or
            || !char.IsAsciiLetter(function.Name[0]) || function.Name.StartsWith("IS ", StringComparison.Ordinal));
        return isInfix
            ? $"({operands[0]} {function.Name} {operands[1]})"
            : $"{function.Name}({string.Join(", ", operands)})";
    }

    private static string Case(string[] operands)
    {
        IEnumerable<string> branches = Enumerable.Range(0, operands.Length / 2)
            .Select(i => $"WHEN {operands[2 * i]} THEN {operands[(2 * i) + 1]}");
        return $"CASE {string.Join(' ', branches)} ELSE {operands[^1]} END";
    }
}
