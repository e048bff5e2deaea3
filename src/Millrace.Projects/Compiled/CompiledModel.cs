using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>What a model becomes.</summary>
public enum Materialization
{
    /// <summary>Stateless: only scan, filter and projection.</summary>
    Topic,

    /// <summary>Joins, windows or aggregates; deployed, a Flink job.</summary>
    Flink,
}

/// <summary>A model, ready to run: its plan reads the topics of its inputs and its rows go to its own topic.</summary>
public sealed record CompiledModel : CompiledTable
{
    public required PlanNode Plan { get; init; }

    public required Materialization Materialization { get; init; }

    /// <summary>The tables that it reads, each once, in the order in which the SQL names them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The user's SQL with its templates expanded.</summary>
    public required string Sql { get; init; }

    public FlinkDefinition Flink { get; init; } = FlinkDefinition.Unsaid;
}
