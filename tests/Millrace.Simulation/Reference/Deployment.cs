using Millrace.Projects;

namespace Millrace.Simulation.Reference;

/// <summary>A project that ran on the folder, from a position on.</summary>
/// <param name="Project">The project.</param>
/// <param name="Position">Where it took over.</param>
/// <param name="Changes">Against the one before; null for the first.</param>
/// <param name="Run">The project over all of the log.</param>
internal sealed record Deployment(
    CompiledProject Project, long Position, ProjectChanges? Changes, UndisturbedRun Run)
{
    /// <summary>Whether the rows of a table go on from those of the deployment before.</summary>
    public bool GoesOn(string table) =>
        Changes?.Find(table)?.Kind is ChangeKind.Unchanged or ChangeKind.Kept;
}
