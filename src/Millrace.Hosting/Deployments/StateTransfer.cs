using Millrace.Engine;
using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>The state that a rebuild has come to.</summary>
/// <param name="Engine">Its engine.</param>
/// <param name="Tables">The sources and models whose state that has.</param>
internal sealed record RebuiltState(StreamEngine Engine, IReadOnlySet<string> Tables);

/// <summary>
/// Gives an engine the states of two others: of what is kept from one, of what was rebuilt from the other.
/// </summary>
internal static class StateTransfer
{
    /// <param name="running">The engine of the running project.</param>
    /// <param name="rebuild">Of a rebuild that has come to the same position; null when there is nothing to
    /// rebuild.</param>
    /// <param name="next">The engine of the changed project, fresh.</param>
    /// <param name="changes">From the one to the other.</param>
    /// <param name="sliceBytes">So much at a time, about.</param>
    /// <param name="between">Called between two slices: both engines that give can be read.</param>
    /// <returns>The models whose state is wanted and does not fit; then the engine is of no use.</returns>
    public static IReadOnlyList<RefusedState> Run(
        StreamEngine running, RebuiltState? rebuild, StreamEngine next, ProjectChanges changes, int sliceBytes,
        Action between)
    {
        // A source has its state from the first engine that knows it.
        bool isRebuildFirst = changes.Tables.Any(t => t is { IsSource: true, KeepsProgress: false });
        (StreamEngine Engine, Func<string, bool> Wants)[] engines =
            [(running, table => IsKept(changes, rebuild, table)), (rebuild?.Engine!, IsRebuilt)];
        List<RefusedState> refused = [];
        foreach ((StreamEngine engine, Func<string, bool> wants) in isRebuildFirst ? engines.Reverse() : engines)
        {
            if (engine is not null)
            {
                RestoreReport report = next.Restore(BlocksOf(engine, sliceBytes, between), wants);
                refused.AddRange(report.Refused.Where(r => wants(r.Name) && changes.Find(r.Name) is
                    { IsSource: false, Kind: not ChangeKind.Added and not ChangeKind.Rebuilt }));
            }
        }

        return refused;

        bool IsRebuilt(string table) =>
            rebuild is not null && rebuild.Tables.Contains(table) && !IsKept(changes, rebuild, table);
    }

    /// <summary>
    /// A model whose rows go on may have to begin with another watermark; that is the rebuild's, which has passed
    /// through it.
    /// </summary>
    private static bool IsKept(ProjectChanges changes, RebuiltState? rebuild, string table) =>
        changes.Find(table) is { Kind: ChangeKind.Unchanged or ChangeKind.Kept } change
        && (change.KeepsProgress || rebuild is null || !rebuild.Tables.Contains(table));

    private static IEnumerable<ReadOnlyMemory<byte>> BlocksOf(StreamEngine engine, int sliceBytes, Action between)
    {
        Blocks blocks = new();
        EngineSnapshot snapshot = engine.BeginSnapshot(full: true, blocks);
        try
        {
            bool isComplete;
            do
            {
                isComplete = snapshot.Advance(sliceBytes);
                foreach (ReadOnlyMemory<byte> block in blocks.Slice)
                {
                    yield return block;
                }

                blocks.Slice.Clear();
                between();
            }
            while (!isComplete);
        }
        finally
        {
            // It is in no file: nothing may build upon it.
            snapshot.Abandon();
        }
    }

    private sealed class Blocks : ISnapshotSink
    {
        public List<ReadOnlyMemory<byte>> Slice { get; } = [];

        public void Write(ReadOnlySpan<byte> block) => Slice.Add(block.ToArray());
    }
}
