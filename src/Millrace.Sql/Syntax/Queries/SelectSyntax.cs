namespace Millrace.Sql.Syntax.Queries;

/// <summary>
/// <c>SELECT [ALL | DISTINCT] items [FROM …] [WHERE …] [GROUP BY …] [HAVING …] [WINDOW …] [QUALIFY …]</c>.
/// </summary>
public sealed class SelectSyntax(
    SyntaxToken select,
    SyntaxToken? hint,
    SyntaxToken? quantifier,
    SyntaxList<SelectItemSyntax> items,
    FromClauseSyntax? from,
    WhereClauseSyntax? where,
    GroupByClauseSyntax? groupBy,
    HavingClauseSyntax? having,
    WindowClauseSyntax? window,
    QualifyClauseSyntax? qualify)
    : QueryBodySyntax(select, hint, quantifier, items, from, where, groupBy, having, window, qualify)
{
    public SyntaxToken Keyword { get; } = select;

    /// <summary><c>/*+ … */</c> behind SELECT.</summary>
    public SyntaxToken? Hint { get; } = hint;

    public bool IsDistinct { get; } = quantifier?.IsWord("DISTINCT") == true;

    public SyntaxList<SelectItemSyntax> Items { get; } = items;

    public FromClauseSyntax? From { get; } = from;

    public WhereClauseSyntax? Where { get; } = where;

    public GroupByClauseSyntax? GroupBy { get; } = groupBy;

    public HavingClauseSyntax? Having { get; } = having;

    public WindowClauseSyntax? Window { get; } = window;

    public QualifyClauseSyntax? Qualify { get; } = qualify;
}
