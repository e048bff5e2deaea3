using Millrace.Data.Keys;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine.Operators;

/// <summary>Reads an owner's groups from blocks that <see cref="WindowGroupSaver"/> wrote; those of other owners are
/// passed over. Each owner for itself.</summary>
internal sealed class WindowGroupLoader(WindowAggregateOwner owner, int index, int owners)
{
    private readonly Dictionary<int, LoadedDictionaries> dictionaries = [];
    private int[] slots = [];
    private int[] starts = [];
    private int[] lengths = [];
    private ulong[] hashes = [];

    /// <summary>Takes a block of what groups share.</summary>
    /// <param name="block">A block behind its kind.</param>
    /// <param name="from">The number of the owner that wrote it.</param>
    /// <param name="kind">The block's kind.</param>
    public void LoadShared(ReadOnlySpan<byte> block, int from, int kind)
    {
        if (kind > owner.Accumulators.Count(a => a.Shared is not null))
        {
            throw new SnapshotDamagedException("a block is of no known kind");
        }

        DictionariesOf(from)[kind - WindowGroupSaver.Groups - 1].Read(SnapshotReader.Over(block));
    }

    /// <param name="block">A block from its keys on.</param>
    /// <param name="ends">Per group the end of its window.</param>
    /// <param name="from">The number of the owner that wrote it.</param>
    public void Load(ReadOnlySpan<byte> block, ReadOnlySpan<long> ends, int from)
    {
        SnapshotReader reader = SnapshotReader.Over(block, DictionariesOf(from));
        FindKeys(block, ref reader, ends);
        for (int i = 0; i < ends.Length; i++)
        {
            slots[i] = KeyGroup.OwnerOf(hashes[i], owners) == index
                ? owner.LoadGroup(ends[i], hashes[i], block.Slice(starts[i], lengths[i]))
                : -1;
        }

        owner.LoadAccumulators(slots.AsSpan(0, ends.Length), ref reader);
        if (reader.Remaining > 0)
        {
            throw new SnapshotDamagedException("a block holds more than it says");
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

    private LoadedDictionaries DictionariesOf(int from)
    {
        if (!dictionaries.TryGetValue(from, out LoadedDictionaries? found))
        {
            dictionaries.Add(from, found = new LoadedDictionaries());
        }

        return found;
    }

    // All hashes first, so that the misses of several look-ups overlap.
    private void FindKeys(ReadOnlySpan<byte> block, ref SnapshotReader reader, ReadOnlySpan<long> ends)
    {
        GroupArray.Ensure(ref slots, ends.Length);
        GroupArray.Ensure(ref starts, ends.Length);
        GroupArray.Ensure(ref lengths, ends.Length);
        GroupArray.Ensure(ref hashes, ends.Length);
        for (int i = 0; i < ends.Length; i++)
        {
            ReadOnlySpan<byte> key = reader.Bytes();
            starts[i] = block.Length - reader.Remaining - key.Length;
            lengths[i] = key.Length;
            hashes[i] = Hash64.Of(key);
            owner.Prefetch(ends[i], hashes[i]);
        }
    }
}
