using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary>An expression, <c>()</c>, or one of GROUPING SETS, CUBE, ROLLUP.</summary>
public abstract class GroupingElementSyntax : SyntaxNode
{
    private protected GroupingElementSyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}

/// <summary>An expression to group by; several in parentheses are a <see cref="RowExpressionSyntax"/>.</summary>
public sealed class GroupingExpressionSyntax(ExpressionSyntax expression) : GroupingElementSyntax(expression)
{
    public ExpressionSyntax Expression { get; } = expression;
}

/// <summary><c>()</c>: the one group of all rows.</summary>
public sealed class EmptyGroupingSyntax(SyntaxToken open, SyntaxToken close) : GroupingElementSyntax(open, close);

/// <summary><c>GROUPING SETS (…)</c>, <c>CUBE (…)</c> or <c>ROLLUP (…)</c>.</summary>
public sealed class GroupingSetsSyntax(
    SyntaxToken keyword, SyntaxToken? sets, SyntaxToken open, SyntaxList<GroupingElementSyntax> elements,
    SyntaxToken close)
    : GroupingElementSyntax(keyword, sets, open, elements, close)
{
    /// <summary>The word GROUPING, CUBE or ROLLUP.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    public SyntaxList<GroupingElementSyntax> Elements { get; } = elements;
}
