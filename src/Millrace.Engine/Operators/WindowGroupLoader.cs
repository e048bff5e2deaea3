using Millrace.Data.Keys;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine.Operators;

/// <summary>Reads an owner's groups from blocks that <see cref="WindowGroupSaver"/> wrote; those of other owners are
/// passed over. Each owner for itself.</summary>
/// <param name="name">The operator's.</param>
/// <param name="owner">Whose groups.</param>
/// <param name="index">The owner's number.</param>
/// <param name="owners">How many there are.</param>
/// <param name="windows">The ends of the snapshot's windows.</param>
internal sealed class WindowGroupLoader(
    string name, WindowAggregateOwner owner, int index, int owners, IReadOnlyDictionary<long, int> windows)
{
    private readonly Dictionary<int, LoadedDictionaries> dictionaries = [];
    private long[] ends = [];
    private int[] slots = [];
    private int[] starts = [];
    private int[] lengths = [];
    private ulong[] hashes = [];

    /// <summary>Takes what is the owner's of many blocks.</summary>
    /// <param name="blocks">The blocks behind the part's number.</param>
    /// <param name="areOwn">Whether each has only groups of the owner that has its writer's number.</param>
    public void Load(IReadOnlyList<ReadOnlyMemory<byte>> blocks, bool areOwn)
    {
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            SnapshotReader reader = SnapshotReader.Over(block.Span);
            int from = reader.Count(leastBytes: 0);
            if (areOwn && from != index)
            {
                continue;
            }

            int kind = reader.Count(leastBytes: 0);
            if (kind == WindowGroupSaver.Groups)
            {
                LoadGroups(ref reader, from);
            }
            else
            {
                LoadShared(reader.Rest, from, kind);
            }
        }
    }

    /// <summary>No block of this snapshot comes any more. Values stay: those that build upon it do not repeat them.
    /// </summary>
    public void EndSnapshot()
    {
        foreach (LoadedDictionaries ofOwner in dictionaries.Values)
        {
            ofOwner.ForgetKeys();
        }
    }

    /// <summary>No snapshot comes any more.</summary>
    public void EndChain() => dictionaries.Clear();

    private void LoadShared(ReadOnlySpan<byte> block, int from, int kind)
    {
        if (kind > owner.Accumulators.Count(a => a.Shared is not null))
        {
            throw new SnapshotDamagedException("a block is of no known kind");
        }

        DictionariesOf(from)[kind - WindowGroupSaver.Groups - 1].Read(SnapshotReader.Over(block));
    }

    private void LoadGroups(ref SnapshotReader source, int from)
    {
        int count = LoadEnds(ref source);
        ReadOnlySpan<byte> block = source.Rest;
        SnapshotReader reader = SnapshotReader.Over(block, DictionariesOf(from));
        FindKeys(block, ref reader, count);
        for (int i = 0; i < count; i++)
        {
            slots[i] = KeyGroup.OwnerOf(hashes[i], owners) == index
                ? owner.LoadGroup(ends[i], hashes[i], block.Slice(starts[i], lengths[i]))
                : -1;
        }

        owner.LoadAccumulators(slots.AsSpan(0, count), ref reader);
        if (reader.Remaining > 0)
        {
            throw new SnapshotDamagedException("a block holds more than it says");
        }
    }

    private int LoadEnds(ref SnapshotReader block)
    {
        int count = block.Count(leastBytes: 2);
        GroupArray.Ensure(ref ends, count);
        long end = 0;
        for (int i = 0; i < count; i++)
        {
            end += block.Signed();
            ends[i] = windows.ContainsKey(end)
                ? end
                : throw new SnapshotDamagedException($"{name} has no window that ends at {end}");
        }

        return count;
    }

    private LoadedDictionaries DictionariesOf(int from)
    {
        if (!dictionaries.TryGetValue(from, out LoadedDictionaries? found))
        {
            dictionaries.Add(from, found = new LoadedDictionaries());
        }

        return found;
    }

    // All hashes first, so that the misses of several look-ups overlap.
    private void FindKeys(ReadOnlySpan<byte> block, ref SnapshotReader reader, int count)
    {
        GroupArray.Ensure(ref slots, count);
        GroupArray.Ensure(ref starts, count);
        GroupArray.Ensure(ref lengths, count);
        GroupArray.Ensure(ref hashes, count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> key = reader.Bytes();
            starts[i] = block.Length - reader.Remaining - key.Length;
            lengths[i] = key.Length;
            hashes[i] = Hash64.Of(key);
            owner.Prefetch(ends[i], hashes[i]);
        }
    }
}
