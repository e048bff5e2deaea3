namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>[WITH …] body [ORDER BY …] [LIMIT …] [OFFSET …] [FETCH …]</c>.</summary>
public sealed class QuerySyntax(
    WithClauseSyntax? with,
    QueryBodySyntax body,
    OrderByClauseSyntax? orderBy,
    LimitClauseSyntax? limit,
    OffsetClauseSyntax? offset,
    FetchClauseSyntax? fetch,
    bool limitBeforeOffset = true)
    : SyntaxNode([with, body, orderBy, limitBeforeOffset ? limit : offset, limitBeforeOffset ? offset : limit, fetch])
{
    public WithClauseSyntax? With { get; } = with;

    public QueryBodySyntax Body { get; } = body;

    public OrderByClauseSyntax? OrderBy { get; } = orderBy;

    public LimitClauseSyntax? Limit { get; } = limit;

    public OffsetClauseSyntax? Offset { get; } = offset;

    public FetchClauseSyntax? Fetch { get; } = fetch;
}
