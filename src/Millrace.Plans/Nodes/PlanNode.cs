using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// A node of a bound query: relational algebra over streams. Immutable; it derives its stream properties in its
/// constructor, so a node that exists is consistent. EXPLAIN prints exactly these properties.
/// </summary>
public abstract class PlanNode
{
    protected PlanNode(
        IReadOnlyList<PlanNode> inputs, IReadOnlyList<Field> fields, ChangelogKind changelog,
            IReadOnlyList<int>? uniqueKey)
    {
        Inputs = inputs;
        Fields = fields;
        Changelog = changelog;
        UniqueKey = uniqueKey;
        Schema = new Schema([.. fields.Select(f => new SchemaColumn(f.Name, f.Type))]);
    }

    public IReadOnlyList<PlanNode> Inputs { get; }

    /// <summary>The output columns with what SQL knows of them.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The output columns as a batch has them.</summary>
    public Schema Schema { get; }

    public ChangelogKind Changelog { get; }

    /// <summary>Positions of columns that together identify a row of the result, where known.</summary>
    public IReadOnlyList<int>? UniqueKey { get; }

    /// <summary>The operator's name and its arguments on one line, without properties: a line of EXPLAIN.</summary>
    public abstract string Describe();
}
