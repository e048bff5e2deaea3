using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>WINDOW w AS (…), v AS (…)</c>.</summary>
public sealed class WindowClauseSyntax(SyntaxToken window, SyntaxList<NamedWindowSyntax> windows)
    : SyntaxNode(window, windows)
{
    public SyntaxList<NamedWindowSyntax> Windows { get; } = windows;
}

/// <summary><c>w AS (PARTITION BY …)</c>.</summary>
public sealed class NamedWindowSyntax(SyntaxToken name, SyntaxToken @as, WindowSpecificationSyntax specification)
    : SyntaxNode(name, @as, specification)
{
    public SyntaxToken Name { get; } = name;

    public WindowSpecificationSyntax Specification { get; } = specification;
}
