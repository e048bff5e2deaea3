namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>ARRAY(query)</c>, <c>MAP(query)</c> or <c>MULTISET(query)</c>.</summary>
public sealed class CollectionQuerySyntax(SyntaxToken keyword, SubqueryExpressionSyntax query)
    : ExpressionSyntax(keyword, query)
{
    public SyntaxToken Keyword { get; } = keyword;

    public SubqueryExpressionSyntax Query { get; } = query;
}
