using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>[LATERAL] TABLE(f(…)) [alias]</c>, or <c>f(…)</c> without TABLE.</summary>
public sealed class TableFunctionSyntax(
    SyntaxToken? lateral,
    SyntaxToken? table,
    SyntaxToken? open,
    ExpressionSyntax call,
    SyntaxToken? close,
    TableAliasSyntax? alias)
    : TableReferenceSyntax(lateral, table, open, call, close, alias)
{
    public bool IsLateral { get; } = lateral is not null;

    /// <summary>A <see cref="FunctionCallSyntax"/> unless the text is wrong.</summary>
    public ExpressionSyntax Call { get; } = call;

    public TableAliasSyntax? Alias { get; } = alias;
}
