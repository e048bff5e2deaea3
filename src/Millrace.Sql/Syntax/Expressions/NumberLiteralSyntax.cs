namespace Millrace.Sql.Syntax.Expressions;

/// <summary>A number without sign, as written: <c>42</c>, <c>00.50</c>, <c>1e0</c>.</summary>
public sealed class NumberLiteralSyntax(SyntaxToken number) : ExpressionSyntax(number)
{
    public SyntaxToken Token { get; } = number;
}
