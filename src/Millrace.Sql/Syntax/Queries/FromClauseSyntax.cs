using Millrace.Sql.Syntax.Tables;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>FROM table</c>; a comma between tables is a <see cref="JoinSyntax"/>.</summary>
public sealed class FromClauseSyntax(SyntaxToken from, TableReferenceSyntax table) : SyntaxNode(from, table)
{
    public TableReferenceSyntax Table { get; } = table;
}
