namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>CASE [operand] WHEN … THEN … [ELSE …] END</c>.</summary>
public sealed class CaseExpressionSyntax(
    SyntaxToken @case,
    ExpressionSyntax? operand,
    SyntaxList<WhenClauseSyntax> branches,
    ElseClauseSyntax? @else,
    SyntaxToken end)
    : ExpressionSyntax(@case, operand, branches, @else, end)
{
    /// <summary>The value that the branches are compared with; null when they are conditions.</summary>
    public ExpressionSyntax? Operand { get; } = operand;

    public SyntaxList<WhenClauseSyntax> Branches { get; } = branches;

    public ElseClauseSyntax? Else { get; } = @else;
}

/// <summary><c>WHEN tests THEN result</c>; only a CASE with an operand may have several tests.</summary>
public sealed class WhenClauseSyntax(
    SyntaxToken when, SyntaxList<ExpressionSyntax> tests, SyntaxToken then, ExpressionSyntax result)
    : SyntaxNode(when, tests, then, result)
{
    public SyntaxList<ExpressionSyntax> Tests { get; } = tests;

    public ExpressionSyntax Result { get; } = result;
}

/// <summary><c>ELSE result</c>.</summary>
public sealed class ElseClauseSyntax(SyntaxToken @else, ExpressionSyntax result) : SyntaxNode(@else, result)
{
    public ExpressionSyntax Result { get; } = result;
}
