using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>expression [[AS] alias]</c>, or a <see cref="StarExpressionSyntax"/>.</summary>
public sealed class SelectItemSyntax(ExpressionSyntax expression, SyntaxToken? @as, SyntaxToken? alias)
    : SyntaxNode(expression, @as, alias)
{
    public ExpressionSyntax Expression { get; } = expression;

    public SyntaxToken? Alias { get; } = alias;
}
