using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine;

/// <summary>
/// Loads the blocks of a chain of snapshots into an engine. What fits is decided at the first head; later ones say
/// which windows are still open. Parts get many blocks at once, so that their workers find some each.
/// </summary>
internal sealed class EngineRestore
{
    private readonly EngineState state;
    private readonly Func<string, bool>? wanted;
    private readonly HashSet<string> keptSources;
    private readonly int mostBytes;
    private readonly List<string> models = [];
    private readonly List<string> sources = [];
    private readonly List<RefusedState> refused = [];

    // Per number of the present snapshot's parts the one here, or null where nobody wants it.
    private IStatePart?[] parts = [];
    private SnapshotHead? head;
    private List<ReadOnlyMemory<byte>>[] waiting = [];
    private byte[] waitingBytes = [];
    private int used;
    private ulong blocks;
    private bool isOpen;

    /// <param name="state">The engine's.</param>
    /// <param name="wanted">Which models to restore; null for all.</param>
    /// <param name="restoredSources">The sources that have their state already; those restored here are added.</param>
    /// <param name="mostBytes">How many bytes of blocks to load at once.</param>
    public EngineRestore(
        EngineState state, Func<string, bool>? wanted, HashSet<string> restoredSources, int mostBytes)
    {
        this.mostBytes = mostBytes;
        this.state = state;
        this.wanted = wanted;
        keptSources = restoredSources;
    }

    public RestoreReport Run(IEnumerable<ReadOnlyMemory<byte>> chain)
    {
        foreach (ReadOnlyMemory<byte> block in chain)
        {
            Take(block);
        }

        if (head is null || isOpen)
        {
            throw new SnapshotDamagedException("the snapshot has no end");
        }

        foreach (IStatePart? part in parts)
        {
            part?.FinishLoad();
        }

        keptSources.UnionWith(sources);
        return new RestoreReport(head.Position, models, refused);
    }

    private void Take(ReadOnlyMemory<byte> block)
    {
        SnapshotReader reader = SnapshotReader.Open(block.Span, out BlockKind kind);
        if (isOpen == (kind == BlockKind.Head))
        {
            throw new SnapshotDamagedException("a snapshot's blocks are not in their order");
        }

        try
        {
            Take(kind, reader);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or OverflowException
            or KeyNotFoundException)
        {
            throw new SnapshotDamagedException($"a block does not hold what it should: {e.Message}");
        }
    }

    private void Take(BlockKind kind, SnapshotReader reader)
    {
        switch (kind)
        {
            case BlockKind.Head:
                TakeHead(SnapshotHead.Read(reader));
                break;
            case BlockKind.State:
                Keep(reader.Count(leastBytes: 0), reader.Rest);
                blocks++;
                break;
            case BlockKind.End:
                LoadWaiting();
                isOpen = false;
                if (reader.Unsigned() != blocks)
                {
                    throw new SnapshotDamagedException("blocks of the snapshot are missing");
                }

                break;
            default:
                throw new SnapshotDamagedException($"a block is of no known kind: {kind}");
        }
    }

    private void Keep(int part, ReadOnlySpan<byte> block)
    {
        if (used + block.Length > waitingBytes.Length)
        {
            LoadWaiting();
            waitingBytes = block.Length > waitingBytes.Length
                ? new byte[Math.Max(block.Length, mostBytes)]
                : waitingBytes;
        }

        block.CopyTo(waitingBytes.AsSpan(used));
        waiting[part].Add(waitingBytes.AsMemory(used, block.Length));
        used += block.Length;
    }

    private void LoadWaiting()
    {
        for (int p = 0; p < parts.Length; p++)
        {
            if (waiting[p].Count > 0)
            {
                parts[p]?.Load(waiting[p]);
                waiting[p].Clear();
            }
        }

        used = 0;
    }

    private void TakeHead(SnapshotHead next)
    {
        if (next.IsFull != head is null)
        {
            throw new SnapshotDamagedException("a chain is one full snapshot and those that build upon it");
        }

        if (head is null)
        {
            Decide(next);
        }

        head = next;
        blocks = 1;
        isOpen = true;
        LoadCounts(next);
        parts = [.. next.Parts.Select(Find)];
        waiting = [.. parts.Select(_ => new List<ReadOnlyMemory<byte>>())];
        for (int p = 0; p < parts.Length; p++)
        {
            parts[p]?.LoadHead(SnapshotReader.Over(next.Parts[p].Head));
        }
    }

    private void LoadCounts(SnapshotHead from)
    {
        for (int t = 0; t < state.Topics.Count; t++)
        {
            string name = state.Graph.Topics[t].Name;
            bool isRestored = t < state.Graph.Sources.Count
                ? sources.Contains(name)
                : models.Contains(state.Graph.Models[t - state.Graph.Sources.Count].Name);
            if (isRestored)
            {
                state.Topics[t].Load(SnapshotReader.Over(from.Topics[name]));
            }
        }

        for (int m = 0; m < state.Models.Count; m++)
        {
            if (models.Contains(state.Graph.Models[m].Name))
            {
                state.Models[m].LoadCounts(SnapshotReader.Over(from.Models[state.Graph.Models[m].Name]));
            }
        }
    }

    private IStatePart? Find(SavedPart saved)
    {
        OwnedPart? found = state.Parts.FirstOrDefault(
            p => p.IsSource == saved.IsSource && p.Owner == saved.Owner && p.Part.Name == saved.Name);
        return found is not null && (found.IsSource ? sources : models).Contains(saved.Owner) ? found.Part : null;
    }

    private void Decide(SnapshotHead first)
    {
        for (int s = 0; s < state.Graph.Sources.Count; s++)
        {
            string name = state.Graph.Sources[s].Name;
            if (!keptSources.Contains(name))
            {
                Decide(name, sources, WhyNot(first, s) ?? WhyNotSource(first, name));
            }
        }

        for (int m = 0; m < state.Models.Count; m++)
        {
            string name = state.Graph.Models[m].Name;
            if (wanted?.Invoke(name) ?? true)
            {
                string? unknown = first.Models.ContainsKey(name) ? null : "the snapshot knows no such model";
                string? reason = unknown
                    ?? WhyNot(first, state.Graph.Sources.Count + m)
                    ?? WhyNotModel(first, name);
                Decide(name, models, reason);
            }
        }
    }

    private void Decide(string name, List<string> taken, string? reason)
    {
        if (reason is null)
        {
            taken.Add(name);
        }
        else
        {
            refused.Add(new RefusedState(name, reason));
        }
    }

    private string? WhyNot(SnapshotHead first, int topic) =>
        first.Topics.TryGetValue(state.Graph.Topics[topic].Name, out byte[]? saved)
            ? state.Topics[topic].WhyNot(SnapshotReader.Over(saved))
            : "the snapshot knows no such topic";

    // A source may begin, or cease, to drop duplicates: what is gone is forgotten, what is new begins empty.
    private string? WhyNotSource(SnapshotHead first, string source) =>
        (from here in state.Parts
         from saved in first.Parts
         where here.IsSource && saved.IsSource && here.Owner == source && saved.Owner == source
             && here.Part.Name == saved.Name
         select WhyNot(here.Part, saved)).FirstOrDefault(reason => reason is not null);

    // Every part must be there, on both sides.
    private string? WhyNotModel(SnapshotHead first, string model)
    {
        List<SavedPart> saved = [.. first.Parts.Where(p => !p.IsSource && p.Owner == model)];
        List<IStatePart> here = [.. state.Parts.Where(p => !p.IsSource && p.Owner == model).Select(p => p.Part)];
        IEnumerable<string?> reasons =
        [
            .. here.Select(p => WhyNot(p, saved.Find(s => s.Name == p.Name))),
            .. saved.Where(s => here.TrueForAll(p => p.Name != s.Name)).Select(s => $"it had {s.Name}, and not now"),
        ];
        return reasons.FirstOrDefault(r => r is not null);
    }

    private static string? WhyNot(IStatePart part, SavedPart? saved)
    {
        if (saved is null)
        {
            return $"it had no {part.Name}";
        }

        if (saved.FormatVersion != part.FormatVersion)
        {
            return $"{part.Name} is of version {saved.FormatVersion}, and {part.FormatVersion} is known";
        }

        return saved.Signature == part.Signature
            ? part.WhyNot(SnapshotReader.Over(saved.Head))
            : $"{part.Name} was {saved.Signature} and now is {part.Signature}";
    }
}
