using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// Expressions over one input, each kept once: the projection below an aggregate. Equal expressions get one column,
/// so that equal aggregates are computed once.
/// </summary>
internal sealed class ExpressionList
{
    private readonly List<Expression> expressions = [];
    private readonly Dictionary<string, int> places = [];

    public IReadOnlyList<Expression> Expressions => expressions;

    /// <summary>The column of an expression, which is added when it is new.</summary>
    public int Add(Expression expression)
    {
        string identity = IdentityOf(expression);
        if (!places.TryGetValue(identity, out int place))
        {
            place = expressions.Count;
            expressions.Add(expression);
            places.Add(identity, place);
        }

        return place;
    }

    /// <summary>The column of an expression, or -1 when it is not in the list.</summary>
    public int Find(Expression expression) => places.GetValueOrDefault(IdentityOf(expression), -1);

    /// <summary>What makes two expressions the same: what they say, and their type.</summary>
    public static string IdentityOf(Expression expression) => $"{expression} {expression.Type}";
}
