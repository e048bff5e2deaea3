namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>OVER (…)</c> or <c>OVER w</c>.</summary>
public sealed class OverClauseSyntax(SyntaxToken over, SyntaxToken? name, WindowSpecificationSyntax? specification)
    : SyntaxNode(over, name, specification)
{
    /// <summary>A window of the WINDOW clause; null when the specification stands here.</summary>
    public SyntaxToken? Name { get; } = name;

    public WindowSpecificationSyntax? Specification { get; } = specification;
}
