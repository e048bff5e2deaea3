namespace Millrace.Projects;

/// <summary>Settings of the job that a model becomes; null where nothing is declared.</summary>
/// <param name="Parallelism">Parallel tasks, used when deployed to Flink.</param>
/// <param name="CheckpointIntervalMs">Milliseconds between snapshots of its state.</param>
public sealed record FlinkDefinition(int? Parallelism, long? CheckpointIntervalMs)
{
    public static readonly FlinkDefinition Unsaid = new(null, null);
}
