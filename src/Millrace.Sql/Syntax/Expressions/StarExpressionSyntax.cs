namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>*</c> or <c>t.*</c>.</summary>
public sealed class StarExpressionSyntax(NameSyntax? qualifier, SyntaxToken? dot, SyntaxToken star)
    : ExpressionSyntax(qualifier, dot, star)
{
    public NameSyntax? Qualifier { get; } = qualifier;
}
