namespace Millrace.Sql.Syntax.Expressions;

/// <summary>
/// What has a value; also the star, DESCRIPTOR's columns and a table as an argument, which the binder tells apart.
/// </summary>
public abstract class ExpressionSyntax : SyntaxNode
{
    private protected ExpressionSyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}
