using Millrace.Projects;

namespace Millrace.Simulation.Reference;

/// <summary>A project that ran on the folder, from a position on.</summary>
/// <param name="Project">The project.</param>
/// <param name="Position">Where it took over.</param>
/// <param name="Changes">Against the one before; null for the first.</param>
/// <param name="Run">The project over all of the log; or, where the log had gaps, from the position on.</param>
internal sealed record Deployment(
    CompiledProject Project, long Position, ProjectChanges? Changes, UndisturbedRun Run)
{
    /// <summary>The positions that the log had lost by the time when its models were computed; null for none.</summary>
    public IReadOnlySet<int>? Gaps { get; init; }

    /// <summary>What was computed for it from a log with gaps, up to the position.</summary>
    public UndisturbedRun? Past { get; init; }

    /// <summary>Whether the rows of a table go on from those of the deployment before.</summary>
    public bool GoesOn(string table) =>
        Changes?.Find(table)?.Kind is ChangeKind.Unchanged or ChangeKind.Kept;

    /// <summary>The records of a partition from one position to another.</summary>
    public IEnumerable<TopicRecord> Records(string topic, int partition, long from, long to) =>
        new[] { Past, Run }.SelectMany(r => r?.Topics.GetValueOrDefault(topic)?[partition] ?? [])
            .Where(r => r.Position >= from && r.Position < to).Select(r => r.Record);
}
