using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>ORDER BY items</c>.</summary>
public sealed class OrderByClauseSyntax(SyntaxToken order, SyntaxToken by, SyntaxList<OrderItemSyntax> items)
    : SyntaxNode(order, by, items)
{
    public SyntaxList<OrderItemSyntax> Items { get; } = items;
}

/// <summary><c>expression [ASC | DESC] [NULLS FIRST | LAST]</c>.</summary>
public sealed class OrderItemSyntax(
    ExpressionSyntax expression, SyntaxToken? direction, SyntaxToken? nulls, SyntaxToken? firstOrLast)
    : SyntaxNode(expression, direction, nulls, firstOrLast)
{
    public ExpressionSyntax Expression { get; } = expression;

    public bool IsDescending { get; } = direction?.IsWord("DESC") == true;

    /// <summary>Null when not said: then NULLs are lowest.</summary>
    public bool? NullsFirst { get; } = firstOrLast?.IsWord("FIRST");
}
