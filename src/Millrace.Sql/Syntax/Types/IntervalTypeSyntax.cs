using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Types;

/// <summary><c>INTERVAL DAY TO SECOND(3)</c> as a type.</summary>
public sealed class IntervalTypeSyntax(SyntaxToken interval, IntervalQualifierSyntax qualifier)
    : TypeSyntax(interval, qualifier)
{
    public IntervalQualifierSyntax Qualifier { get; } = qualifier;
}
