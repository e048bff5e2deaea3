namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>IGNORE NULLS</c> or <c>RESPECT NULLS</c>.</summary>
public sealed class NullTreatmentSyntax(SyntaxToken treatment, SyntaxToken nulls) : SyntaxNode(treatment, nulls)
{
    public bool IsIgnore { get; } = treatment.IsWord("IGNORE");
}
