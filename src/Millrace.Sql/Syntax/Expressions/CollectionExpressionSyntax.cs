namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>ARRAY[a, b]</c>, <c>MAP[k, v, …]</c> or <c>MULTISET[a, b]</c>.</summary>
public sealed class CollectionExpressionSyntax(
    SyntaxToken keyword, SyntaxToken open, SyntaxList<ExpressionSyntax> elements, SyntaxToken close)
    : ExpressionSyntax(keyword, open, elements, close)
{
    /// <summary>The word ARRAY, MAP or MULTISET.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    public SyntaxList<ExpressionSyntax> Elements { get; } = elements;
}
