namespace Millrace.Sql.Syntax.Expressions;

/// <summary>
/// <c>x IS [NOT] NULL | TRUE | FALSE | UNKNOWN</c>, also <c>IS [NOT] JSON [VALUE | OBJECT | ARRAY | SCALAR]</c>.
/// </summary>
public sealed class IsExpressionSyntax(
    ExpressionSyntax operand, SyntaxToken @is, SyntaxToken? not, SyntaxToken test, SyntaxToken? jsonKind)
    : ExpressionSyntax(operand, @is, not, test, jsonKind)
{
    public ExpressionSyntax Operand { get; } = operand;

    public bool IsNegated { get; } = not is not null;

    /// <summary>The word NULL, TRUE, FALSE, UNKNOWN or JSON.</summary>
    public SyntaxToken Test { get; } = test;

    public SyntaxToken? JsonKind { get; } = jsonKind;
}
