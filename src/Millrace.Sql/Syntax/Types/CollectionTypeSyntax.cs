namespace Millrace.Sql.Syntax.Types;

/// <summary><c>ARRAY&lt;t&gt;</c>, <c>MULTISET&lt;t&gt;</c>, <c>MAP&lt;k, v&gt;</c>.</summary>
public sealed class CollectionTypeSyntax(
    SyntaxToken keyword, SyntaxToken open, SyntaxList<NestedTypeSyntax> arguments, SyntaxToken close)
    : TypeSyntax(keyword, open, arguments, close)
{
    /// <summary>The word ARRAY, MULTISET or MAP.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    public SyntaxList<NestedTypeSyntax> Arguments { get; } = arguments;
}

/// <summary><c>t ARRAY</c> or <c>t MULTISET</c>, the standard's spelling.</summary>
public sealed class PostfixCollectionTypeSyntax(NestedTypeSyntax element, SyntaxToken keyword)
    : TypeSyntax(element, keyword)
{
    public NestedTypeSyntax Element { get; } = element;

    public SyntaxToken Keyword { get; } = keyword;
}
