using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary>
/// <c>f([DISTINCT] arguments [ORDER BY …] [nulls])</c> with what may follow:
/// <c>[IGNORE NULLS] [WITHIN GROUP (…)] [FILTER (WHERE …)] [OVER …]</c>.
/// </summary>
public sealed class FunctionCallSyntax(
    NameSyntax name,
    SyntaxToken open,
    SyntaxToken? quantifier,
    SyntaxList<ExpressionSyntax> arguments,
    OrderByClauseSyntax? orderBy,
    NullTreatmentSyntax? innerNullTreatment,
    SyntaxToken close,
    NullTreatmentSyntax? nullTreatment,
    WithinGroupSyntax? withinGroup,
    FilterClauseSyntax? filter,
    OverClauseSyntax? over)
    : ExpressionSyntax(
        name, open, quantifier, arguments, orderBy, innerNullTreatment, close, nullTreatment, withinGroup, filter, over)
{
    public NameSyntax Name { get; } = name;

    /// <summary>DISTINCT, ALL or null.</summary>
    public SyntaxToken? Quantifier { get; } = quantifier;

    public bool IsDistinct { get; } = quantifier?.IsWord("DISTINCT") == true;

    public SyntaxList<ExpressionSyntax> Arguments { get; } = arguments;

    public OrderByClauseSyntax? OrderBy { get; } = orderBy;

    public NullTreatmentSyntax? NullTreatment { get; } = innerNullTreatment ?? nullTreatment;

    public WithinGroupSyntax? WithinGroup { get; } = withinGroup;

    public FilterClauseSyntax? Filter { get; } = filter;

    public OverClauseSyntax? Over { get; } = over;
}
