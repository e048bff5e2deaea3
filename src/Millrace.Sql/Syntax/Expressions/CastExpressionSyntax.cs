using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>CAST(x AS type)</c> or <c>TRY_CAST(x AS type)</c>.</summary>
public sealed class CastExpressionSyntax(
    SyntaxToken keyword, SyntaxToken open, ExpressionSyntax operand, SyntaxToken @as, TypeSyntax type,
    SyntaxToken close)
    : ExpressionSyntax(keyword, open, operand, @as, type, close)
{
    public bool IsTry { get; } = keyword.IsWord("TRY_CAST");

    public ExpressionSyntax Operand { get; } = operand;

    public TypeSyntax Type { get; } = type;
}
