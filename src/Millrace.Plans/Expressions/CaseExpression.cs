using Millrace.Data;

namespace Millrace.Plans;

/// <summary>One WHEN .. THEN .. of a <see cref="CaseExpression"/>.</summary>
public sealed record CaseBranch(Expression Condition, Expression Result);

/// <summary>
/// CASE. The simple form is bound to the searched one. All results have the type of the whole; a missing ELSE is a NULL
/// literal. Branches are lazy: a result is evaluated only for rows whose condition is the first to be TRUE.
/// </summary>
public sealed class CaseExpression : Expression
{
    public CaseExpression(IReadOnlyList<CaseBranch> branches, Expression otherwise, SqlType type)
        : base(type)
    {
        Branches = branches;
        Otherwise = otherwise;
    }

    public IReadOnlyList<CaseBranch> Branches { get; }

    public Expression Otherwise { get; }

    public override IReadOnlyList<Expression> Operands =>
        [.. Branches.SelectMany(b => new[] { b.Condition, b.Result }), Otherwise];

    public override string ToString() =>
        $"CASE {string.Join(" ", Branches.Select(b => $"WHEN {b.Condition} THEN {b.Result}"))} ELSE {Otherwise} END";
}
