namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>name =&gt; value</c> among the arguments of a call.</summary>
public sealed class NamedArgumentSyntax(SyntaxToken name, SyntaxToken arrow, ExpressionSyntax value)
    : ExpressionSyntax(name, arrow, value)
{
    public SyntaxToken Name { get; } = name;

    public ExpressionSyntax Value { get; } = value;
}
