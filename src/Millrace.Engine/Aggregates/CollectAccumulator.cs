using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// COLLECT: the MULTISET of a group's values that are not NULL, in the order in which they first came, with their
/// counts; with DISTINCT every count is 1. A group without values gives an empty one, never NULL.
/// </summary>
internal sealed class CollectAccumulator<T> : Accumulator
    where T : unmanaged, IEquatable<T>
{
    private readonly ValueCodec<T> codec;
    private readonly bool isDistinct;
    private readonly GroupSets<T> sets = new();
    private readonly KnownRows known = new();
    private readonly GroupSetsFormat<T> format;

    // Per group a block of counts, as long as the set's block of values; not used by DISTINCT.
    private readonly BlockArena<int> counts = new(2);
    private int[] countHandles = [];

    public CollectAccumulator(ValueCodec<T> codec, bool isDistinct, SqlType resultType)
        : base(resultType)
    {
        this.codec = codec;
        this.isDistinct = isDistinct;
        format = new GroupSetsFormat<T>(sets, codec);
    }

    public override long StateBytes =>
        sets.Bytes + codec.Bytes + counts.Bytes + (countHandles.LongLength * sizeof(int));

    public override void EnsureGroups(int groups)
    {
        sets.EnsureGroups(groups);
        if (!isDistinct)
        {
            GroupArray.Ensure(ref countHandles, groups);
        }
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        known.Select(argument!, ref groups, ref rows);
        ReadOnlySpan<T> keys = codec.Encode(argument!, rows);
        for (int i = 0; i < rows.Length; i++)
        {
            sets.PrefetchAhead(groups, keys, i);
            int group = groups[i];
            bool isNew = sets.Add(group, keys[i], out int position);
            if (isNew)
            {
                codec.Hold(keys.Slice(i, 1));
            }

            if (!isDistinct)
            {
                Count(group, position, isNew);
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        ListVector list = (ListVector)target;
        for (int i = 0; i < groups.Length; i++)
        {
            ReadOnlySpan<T> values = sets.Values(groups[i]);
            int start = list.ElementCount;
            list.Starts[targetRows[i]] = start;
            list.Lengths[targetRows[i]] = values.Length;
            list.ElementCount = start + values.Length;
            list.Elements.EnsureCapacity(list.ElementCount);
            list.Values!.EnsureCapacity(list.ElementCount);
            codec.Decode(values, list.Elements, start);
            EmitCounts(groups[i], ((FixedVector<int>)list.Values).Values.AsSpan(start, values.Length));
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            int count = sets.Count(group);
            codec.Release(sets.Values(group));
            sets.Clear(group);
            if (!isDistinct && count > 0)
            {
                counts.Free(countHandles[group], GroupSets<T>.Capacity(count));
            }
        }
    }

    private void EmitCounts(int group, Span<int> target)
    {
        if (isDistinct)
        {
            target.Fill(1);
        }
        else if (target.Length > 0)
        {
            counts.Get(countHandles[group], target.Length).CopyTo(target);
        }
    }

    private void Count(int group, int position, bool isNew)
    {
        if (isNew && position == 0)
        {
            countHandles[group] = counts.Allocate(GroupSets<T>.Capacity(1));
        }
        else if (isNew && position == GroupSets<T>.Capacity(position))
        {
            int old = countHandles[group];
            countHandles[group] = counts.Allocate(position * 2);
            counts.Get(old, position).CopyTo(counts.Get(countHandles[group], position));
            counts.Free(old, position);
        }

        ref int count = ref counts.Get(countHandles[group], position + 1)[position];
        count = isNew ? 1 : count + 1;
    }

    internal override DictionarySaver? Shared => codec.Saver;

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        format.Save(groups, target);
        foreach (int group in groups)
        {
            for (int i = 0; i < sets.Count(group) && !isDistinct; i++)
            {
                target.Count(counts.Get(countHandles[group], i + 1)[i]);
            }
        }
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        ReadOnlySpan<int> sizes = format.Load(groups, ref source);
        for (int i = 0; i < groups.Length && !isDistinct; i++)
        {
            bool isWanted = groups[i] >= 0 && sizes[i] > 0;
            if (isWanted)
            {
                countHandles[groups[i]] = counts.Allocate(GroupSets<T>.Capacity(sizes[i]));
            }

            Span<int> block = isWanted ? counts.Get(countHandles[groups[i]], sizes[i]) : default;
            for (int v = 0; v < sizes[i]; v++)
            {
                int count = (int)source.Unsigned();
                if (isWanted)
                {
                    block[v] = count;
                }
            }
        }
    }
}
