namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>SECOND</c>, <c>HOUR(3)</c>, <c>DAY TO MINUTE</c>, <c>DAY(3) TO SECOND(6)</c>.</summary>
public sealed class IntervalQualifierSyntax(IntervalFieldSyntax start, SyntaxToken? to, IntervalFieldSyntax? end)
    : SyntaxNode(start, to, end)
{
    public IntervalFieldSyntax Start { get; } = start;

    public IntervalFieldSyntax? End { get; } = end;
}

/// <summary>A unit with its precisions: <c>SECOND(3, 6)</c>.</summary>
public sealed class IntervalFieldSyntax(
    SyntaxToken unit, SyntaxToken? open, SyntaxList<SyntaxToken>? precisions, SyntaxToken? close)
    : SyntaxNode(unit, open, precisions, close)
{
    public SyntaxToken Unit { get; } = unit;

    /// <summary>The numbers in parentheses: leading digits, then fraction digits.</summary>
    public IReadOnlyList<SyntaxToken> Precisions { get; } = precisions is null ? [] : [.. precisions];
}
