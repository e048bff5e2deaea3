namespace Millrace.Sql.Syntax.Expressions;

/// <summary>A column, a row's field, or a function that is called without parentheses (CURRENT_DATE).</summary>
public sealed class NameExpressionSyntax(NameSyntax name) : ExpressionSyntax(name)
{
    public NameSyntax Name { get; } = name;
}
