namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>-x</c>, <c>+x</c> or <c>NOT x</c>.</summary>
public sealed class UnaryExpressionSyntax(SyntaxToken @operator, ExpressionSyntax operand)
    : ExpressionSyntax(@operator, operand)
{
    public SyntaxToken Operator { get; } = @operator;

    public ExpressionSyntax Operand { get; } = operand;
}
