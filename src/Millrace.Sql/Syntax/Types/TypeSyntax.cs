namespace Millrace.Sql.Syntax.Types;

/// <summary>A type as written in CAST.</summary>
public abstract class TypeSyntax : SyntaxNode
{
    private protected TypeSyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}
