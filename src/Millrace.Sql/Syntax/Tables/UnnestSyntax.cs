using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>UNNEST(collection) [WITH ORDINALITY] [alias]</c>.</summary>
public sealed class UnnestSyntax(
    SyntaxToken unnest,
    SyntaxToken open,
    SyntaxList<ExpressionSyntax> collections,
    SyntaxToken close,
    SyntaxToken? with,
    SyntaxToken? ordinality,
    TableAliasSyntax? alias)
    : TableReferenceSyntax(unnest, open, collections, close, with, ordinality, alias)
{
    public SyntaxList<ExpressionSyntax> Collections { get; } = collections;

    public bool WithOrdinality { get; } = ordinality is not null;

    public TableAliasSyntax? Alias { get; } = alias;
}
