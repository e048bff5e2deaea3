namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>name [FOR SYSTEM_TIME AS OF time] [[AS] alias]</c>.</summary>
public sealed class NamedTableSyntax(
    NameSyntax name, SyntaxToken? hint, SystemTimeSyntax? systemTime, TableAliasSyntax? alias)
    : TableReferenceSyntax(name, hint, systemTime, alias)
{
    public NameSyntax Name { get; } = name;

    /// <summary><c>/*+ OPTIONS(…) */</c> behind the name.</summary>
    public SyntaxToken? Hint { get; } = hint;

    public SystemTimeSyntax? SystemTime { get; } = systemTime;

    public TableAliasSyntax? Alias { get; } = alias;
}
