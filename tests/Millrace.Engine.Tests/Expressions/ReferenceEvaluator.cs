using System.Numerics;
using System.Text;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>An expression failed, in the reference evaluation.</summary>
internal sealed class ReferenceFailure(string reason) : Exception(reason);

/// <summary>
/// What expressions mean, one row at a time over plain objects: slow, without masks, vectors or kernels. The rules are
/// those of SQL and of the functions' definitions, read once more.
/// </summary>
internal static class ReferenceEvaluator
{
    public static object? Evaluate(Expression expression, object?[] row) => expression switch
    {
        InputColumn e => row[e.Index],
        Literal { Value: byte[] bytes } => Encoding.UTF8.GetString(bytes),
        Literal e => e.Value,
        CaseExpression e => Case(e, row),
        InListExpression e => In(e, row),
        CallExpression e => Call(e, row),
        _ => throw new InvalidOperationException(),
    };

    private static object? Case(CaseExpression e, object?[] row)
    {
        foreach (CaseBranch branch in e.Branches)
        {
            if (Evaluate(branch.Condition, row) is true)
            {
                return Evaluate(branch.Result, row);
            }
        }

        return Evaluate(e.Otherwise, row);
    }

    private static object? In(InListExpression e, object?[] row)
    {
        object? value = Evaluate(e.Value, row);
        if (value is null)
        {
            return null;
        }

        List<object?> items = [.. e.Items.Select(i => Evaluate(i, row))];
        bool isOne = items.Distinct().Count() == 1 && value is double;
        if (items.Any(i => i is not null && (isOne ? (double)i == (double)value : SameBits(i, value))))
        {
            return true;
        }

        return items.Contains(null) ? null : false;
    }

    private static bool SameBits(object a, object b) => a is double x && b is double y
        ? BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y)
        : a.Equals(b);

    private static object? Call(CallExpression e, object?[] row)
    {
        if (e.Function == ScalarFunction.And || e.Function == ScalarFunction.Or)
        {
            bool decides = e.Function == ScalarFunction.Or;
            object? left = Evaluate(e.Arguments[0], row);
            if (left is bool decided && decided == decides)
            {
                return decides;
            }

            object? right = Evaluate(e.Arguments[1], row);
            return right is bool also && also == decides ? decides : left is null || right is null ? null : !decides;
        }

        if (e.Function == ScalarFunction.Not && Turned(e.Arguments[0]) is { } turned)
        {
            return Evaluate(turned, row);
        }

        object?[] values = [.. e.Arguments.Select(a => Evaluate(a, row))];
        return e.Function.Name switch
        {
            "NOT" => values[0] is bool b ? !b : null,
            "IS NULL" => values[0] is null,
            "IS NOT NULL" => values[0] is not null,
            "IS TRUE" => values[0] is true,
            "IS NOT TRUE" => values[0] is not true,
            "IS FALSE" => values[0] is false,
            "IS NOT FALSE" => values[0] is not false,
            "COALESCE" => values.FirstOrDefault(v => v is not null),
            "=" or "<>" or "<" or "<=" or ">" or ">=" => Compare(e, values[0], values[1]),
            "IS DISTINCT FROM" => !Same(e, values[0], values[1]),
            "IS NOT DISTINCT FROM" => Same(e, values[0], values[1]),
            _ => values.Contains(null) ? null : ReferenceArithmetic.Apply(e, values),
        };
    }

    // NOT goes down to comparisons of doubles, which a NaN fails either way.
    private static Expression? Turned(Expression e)
    {
        if (e is not CallExpression call || !Reaches(call))
        {
            return null;
        }

        string name = call.Function.Name;
        string other = name switch
        {
            "=" => "<>",
            "<>" => "=",
            "<" => ">=",
            ">=" => "<",
            ">" => "<=",
            "<=" => ">",
            "AND" => "OR",
            "OR" => "AND",
            _ => "IS TRUE",
        };
        ScalarFunction function = ScalarFunction.All.Single(f => f.Name == other);
        return name == "NOT" ? call.Arguments[0]
            : new CallExpression(
                function, name is "AND" or "OR" ? [.. call.Arguments.Select(Not)] : call.Arguments, call.Type);
    }

    private static Expression Not(Expression e) => new CallExpression(ScalarFunction.Not, [e], e.Type);

    private static bool Reaches(Expression e) => e is CallExpression call && call.Function.Name switch
    {
        "AND" or "OR" or "NOT" => call.Arguments.Any(Reaches),
        "=" or "<>" or "<" or "<=" or ">" or ">=" => call.Arguments[0].Type.IsApproximate,
        _ => false,
    };

    // An expression compared with itself is decided without its value.
    private static bool IsSelf(CallExpression e) => e.Arguments[0].ToString() == e.Arguments[1].ToString();

    private static bool Same(CallExpression e, object? a, object? b) =>
        IsSelf(e) || (a is null || b is null ? a is null && b is null : Holds("=", e, a, b));

    private static object? Compare(CallExpression e, object? a, object? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        return IsSelf(e) ? e.Function.Name.Contains('=') : Holds(e.Function.Name, e, a, b);
    }

    private static bool Holds(string name, CallExpression e, object a, object b)
    {
        if (a is double x && b is double y)
        {
            return name switch
            {
                "=" => x == y,
                "<>" => x != y,
                "<" => x < y,
                "<=" => x <= y,
                ">" => x > y,
                _ => x >= y,
            };
        }

        int order = Order(e, a, b);
        return name switch
        {
            "=" => order == 0,
            "<>" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static int Order(CallExpression e, object a, object b) => (a, b) switch
    {
        (string x, string y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
        (Int128 x, Int128 y) => (x * BigInteger.Pow(10, e.Arguments[1].Type.Scale))
            .CompareTo(y * BigInteger.Pow(10, e.Arguments[0].Type.Scale)),
        _ => ((IComparable)a).CompareTo(b),
    };
}
