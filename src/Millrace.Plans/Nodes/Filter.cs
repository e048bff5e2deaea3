namespace Millrace.Plans;

/// <summary>Keeps the rows for which a BOOLEAN expression is TRUE (not FALSE, not NULL).</summary>
public sealed class Filter : PlanNode
{
    public Filter(PlanNode input, Expression predicate)
        : base([input], input.Fields, input.Changelog, input.UniqueKey)
    {
        Predicate = predicate;
    }

    public Expression Predicate { get; }

    public override string Describe() => $"Filter({Predicate})";
}
