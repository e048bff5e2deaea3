using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>WITHIN GROUP (ORDER BY …)</c>.</summary>
public sealed class WithinGroupSyntax(
    SyntaxToken within, SyntaxToken group, SyntaxToken open, OrderByClauseSyntax orderBy, SyntaxToken close)
    : SyntaxNode(within, group, open, orderBy, close)
{
    public OrderByClauseSyntax OrderBy { get; } = orderBy;
}
