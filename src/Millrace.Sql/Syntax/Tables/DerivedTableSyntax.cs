using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>[LATERAL] (query) [[AS] alias [(columns)]]</c>.</summary>
public sealed class DerivedTableSyntax(
    SyntaxToken? lateral, SyntaxToken open, QuerySyntax query, SyntaxToken close, TableAliasSyntax? alias)
    : TableReferenceSyntax(lateral, open, query, close, alias)
{
    public bool IsLateral { get; } = lateral is not null;

    public QuerySyntax Query { get; } = query;

    public TableAliasSyntax? Alias { get; } = alias;
}
