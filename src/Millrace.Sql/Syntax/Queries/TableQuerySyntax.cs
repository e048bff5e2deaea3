namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>TABLE t</c>, short for SELECT * FROM t.</summary>
public sealed class TableQuerySyntax(SyntaxToken table, NameSyntax name) : QueryBodySyntax(table, name)
{
    public NameSyntax Name { get; } = name;
}
