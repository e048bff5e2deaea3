namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>GROUP BY elements</c>.</summary>
public sealed class GroupByClauseSyntax(
    SyntaxToken group, SyntaxToken by, SyntaxToken? quantifier, SyntaxList<GroupingElementSyntax> elements)
    : SyntaxNode(group, by, quantifier, elements)
{
    public SyntaxToken Keyword { get; } = group;

    /// <summary>DISTINCT or ALL, about duplicate grouping sets.</summary>
    public SyntaxToken? Quantifier { get; } = quantifier;

    public SyntaxList<GroupingElementSyntax> Elements { get; } = elements;
}
