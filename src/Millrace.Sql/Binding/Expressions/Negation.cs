using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// NOT, pushed down to the comparisons as Flink's planner does it: NOT (a &lt; b) is a &gt;= b. It shows where a value
/// compares with nothing: for a NaN both are FALSE.
/// </summary>
internal static class Negation
{
    private static readonly Dictionary<ScalarFunction, ScalarFunction> Opposites = Pairs(
        (ScalarFunction.Equal, ScalarFunction.NotEqual),
        (ScalarFunction.Less, ScalarFunction.GreaterOrEqual),
        (ScalarFunction.Greater, ScalarFunction.LessOrEqual),
        (ScalarFunction.IsNull, ScalarFunction.IsNotNull),
        (ScalarFunction.IsTrue, ScalarFunction.IsNotTrue),
        (ScalarFunction.IsFalse, ScalarFunction.IsNotFalse),
        (ScalarFunction.IsDistinctFrom, ScalarFunction.IsNotDistinctFrom));

    public static Expression Of(Expression condition)
    {
        if (condition is not CallExpression call)
        {
            return Plain(condition);
        }

        if (call.Function == ScalarFunction.Not)
        {
            return call.Arguments[0];
        }

        bool isAnd = call.Function == ScalarFunction.And;
        if (isAnd || call.Function == ScalarFunction.Or)
        {
            ScalarFunction other = isAnd ? ScalarFunction.Or : ScalarFunction.And;
            return new CallExpression(other, [.. call.Arguments.Select(Of)], call.Type);
        }

        return Opposites.TryGetValue(call.Function, out ScalarFunction? opposite)
            ? new CallExpression(opposite, call.Arguments, call.Type)
            : Plain(condition);
    }

    private static CallExpression Plain(Expression condition) => new(ScalarFunction.Not, [condition], condition.Type);

    private static Dictionary<ScalarFunction, ScalarFunction> Pairs(
        params ReadOnlySpan<(ScalarFunction First, ScalarFunction Second)> pairs)
    {
        Dictionary<ScalarFunction, ScalarFunction> both = [];
        foreach ((ScalarFunction first, ScalarFunction second) in pairs)
        {
            both.Add(first, second);
            both.Add(second, first);
        }

        return both;
    }
}
