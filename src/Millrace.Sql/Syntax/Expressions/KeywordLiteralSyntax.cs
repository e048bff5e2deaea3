namespace Millrace.Sql.Syntax.Expressions;

/// <summary>TRUE, FALSE, UNKNOWN or NULL.</summary>
public sealed class KeywordLiteralSyntax(SyntaxToken keyword) : ExpressionSyntax(keyword)
{
    public SyntaxToken Keyword { get; } = keyword;

    public bool IsNull { get; } = keyword.IsWord("NULL");
}
