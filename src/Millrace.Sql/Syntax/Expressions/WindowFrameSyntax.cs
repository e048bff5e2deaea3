namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>ROWS | RANGE bound</c> or <c>ROWS | RANGE BETWEEN bound AND bound</c>.</summary>
public sealed class WindowFrameSyntax(
    SyntaxToken unit, SyntaxToken? between, FrameBoundSyntax start, SyntaxToken? and, FrameBoundSyntax? end)
    : SyntaxNode(unit, between, start, and, end)
{
    public bool IsRows { get; } = unit.IsWord("ROWS");

    public FrameBoundSyntax Start { get; } = start;

    public FrameBoundSyntax? End { get; } = end;
}

/// <summary>
/// <c>UNBOUNDED PRECEDING</c>, <c>CURRENT ROW</c>, <c>3 PRECEDING</c>, <c>INTERVAL '1' DAY FOLLOWING</c>.
/// </summary>
public sealed class FrameBoundSyntax(SyntaxToken? keyword, ExpressionSyntax? distance, SyntaxToken direction)
    : SyntaxNode(keyword, distance, direction)
{
    /// <summary>UNBOUNDED or CURRENT; null when there is a distance.</summary>
    public SyntaxToken? Keyword { get; } = keyword;

    public ExpressionSyntax? Distance { get; } = distance;

    /// <summary>PRECEDING, FOLLOWING, or ROW behind CURRENT.</summary>
    public SyntaxToken Direction { get; } = direction;
}
