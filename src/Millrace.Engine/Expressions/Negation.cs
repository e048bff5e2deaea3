using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Moves NOT down to comparisons of approximate numbers, as Flink's planner does with every NOT: <c>NOT (d &lt; 1)</c>
/// is <c>d &gt;= 1</c>. Elsewhere it makes no difference; a NaN fails both.
/// </summary>
internal static class Negation
{
    /// <summary>The expression without a NOT on top, if it has one that matters.</summary>
    public static Expression Push(Expression expression) =>
        expression is CallExpression { Function: var function } call && function == ScalarFunction.Not
            && ComparesApproximateNumbers(call.Arguments[0])
            ? Opposite(call.Arguments[0])
            : expression;

    // Whether comparisons that a NaN can fail are reached through AND, OR and NOT alone.
    private static bool ComparesApproximateNumbers(Expression expression)
    {
        if (expression is not CallExpression call)
        {
            return false;
        }

        bool isConnective = call.Function == ScalarFunction.And || call.Function == ScalarFunction.Or
            || call.Function == ScalarFunction.Not;
        return isConnective
            ? call.Arguments.Any(ComparesApproximateNumbers)
            : Opposite(call.Function) is not null && call.Arguments.Any(a => a.Type.IsApproximate);
    }

    private static Expression Opposite(Expression expression)
    {
        if (expression is CallExpression call)
        {
            if (call.Function == ScalarFunction.Not)
            {
                return call.Arguments[0];
            }

            bool isAnd = call.Function == ScalarFunction.And;
            if (isAnd || call.Function == ScalarFunction.Or)
            {
                ScalarFunction dual = isAnd ? ScalarFunction.Or : ScalarFunction.And;
                return new CallExpression(dual, [.. call.Arguments.Select(Opposite)], call.Type);
            }

            if (Opposite(call.Function) is { } opposite)
            {
                return new CallExpression(opposite, call.Arguments, call.Type);
            }
        }

        return new CallExpression(ScalarFunction.Not, [expression], expression.Type);
    }

    private static ScalarFunction? Opposite(ScalarFunction function) =>
        function == ScalarFunction.Equal ? ScalarFunction.NotEqual
        : function == ScalarFunction.NotEqual ? ScalarFunction.Equal
        : function == ScalarFunction.Less ? ScalarFunction.GreaterOrEqual
        : function == ScalarFunction.LessOrEqual ? ScalarFunction.Greater
        : function == ScalarFunction.Greater ? ScalarFunction.LessOrEqual
        : function == ScalarFunction.GreaterOrEqual ? ScalarFunction.Less
        : null;
}
