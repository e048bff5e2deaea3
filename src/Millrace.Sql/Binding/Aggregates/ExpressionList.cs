using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// Expressions over one input, each kept once: the projection below an aggregate. Equal expressions get one column,
/// so that equal aggregates are computed once.
/// </summary>
internal sealed class ExpressionList
{
    private readonly List<Expression> expressions = [];

    public IReadOnlyList<Expression> Expressions => expressions;

    /// <summary>The column of an expression, which is added when it is new.</summary>
    public int Add(Expression expression)
    {
        int place = Find(expression);
        if (place < 0)
        {
            place = expressions.Count;
            expressions.Add(expression);
        }

        return place;
    }

    /// <summary>The column of an expression, or -1 when it is not in the list.</summary>
    public int Find(Expression expression) => expressions.FindIndex(e => ExpressionEquality.AreEqual(e, expression));
}
