using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>ON condition</c> or <c>USING (columns)</c>.</summary>
public abstract class JoinConditionSyntax : SyntaxNode
{
    private protected JoinConditionSyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}

/// <summary><c>ON condition</c>.</summary>
public sealed class OnConditionSyntax(SyntaxToken on, ExpressionSyntax condition) : JoinConditionSyntax(on, condition)
{
    public ExpressionSyntax Condition { get; } = condition;
}

/// <summary><c>USING (columns)</c>.</summary>
public sealed class UsingConditionSyntax(SyntaxToken @using, ColumnListSyntax columns)
    : JoinConditionSyntax(@using, columns)
{
    public ColumnListSyntax Columns { get; } = columns;
}
