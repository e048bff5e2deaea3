using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>FOR SYSTEM_TIME AS OF time</c>: the version of the table's rows that was valid then.</summary>
public sealed class SystemTimeSyntax(
    SyntaxToken @for, SyntaxToken systemTime, SyntaxToken @as, SyntaxToken of, ExpressionSyntax time)
    : SyntaxNode(@for, systemTime, @as, of, time)
{
    public ExpressionSyntax Time { get; } = time;
}
