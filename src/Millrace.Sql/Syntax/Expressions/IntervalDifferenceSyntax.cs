namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>(a - b) SECOND</c>: the difference of two times, as an interval.</summary>
public sealed class IntervalDifferenceSyntax(ParenthesizedExpressionSyntax difference,
    IntervalQualifierSyntax qualifier)
    : ExpressionSyntax(difference, qualifier)
{
    public ParenthesizedExpressionSyntax Difference { get; } = difference;

    public IntervalQualifierSyntax Qualifier { get; } = qualifier;
}
