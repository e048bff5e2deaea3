using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>x &lt; ALL (query)</c>, also ANY and SOME, also with a list of values.</summary>
public sealed class QuantifiedComparisonSyntax(
    ExpressionSyntax left, SyntaxToken @operator, SyntaxToken quantifier, InSetSyntax set)
    : ExpressionSyntax(left, @operator, quantifier, set)
{
    public ExpressionSyntax Left { get; } = left;

    public SyntaxToken Operator { get; } = @operator;

    public SyntaxToken Quantifier { get; } = quantifier;

    public InSetSyntax Set { get; } = set;
}

/// <summary><c>(a, b, c)</c> or <c>(query)</c> behind IN, ALL, ANY, SOME.</summary>
public sealed class InSetSyntax(
    SyntaxToken open, SyntaxList<ExpressionSyntax>? values, QuerySyntax? query, SyntaxToken close)
    : SyntaxNode(open, values, query, close)
{
    /// <summary>The list of values; null when there is a query.</summary>
    public SyntaxList<ExpressionSyntax>? Values { get; } = values;

    public QuerySyntax? Query { get; } = query;
}
