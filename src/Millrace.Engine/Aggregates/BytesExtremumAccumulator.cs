using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>MIN and MAX of texts and byte strings, by unsigned bytes. One copy per group, in an arena.</summary>
internal sealed class BytesExtremumAccumulator(SqlType resultType, bool isMax) : Accumulator(resultType)
{
    private const int Granule = 8;

    private readonly BlockArena<byte> arena = new(Granule);
    private int[] handles = [];

    // The length plus one; 0 for a group without a value.
    private int[] sizes = [];

    public override long StateBytes => arena.Bytes + ((handles.LongLength + sizes.LongLength) * sizeof(int));

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref handles, groups);
        GroupArray.Ensure(ref sizes, groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        BytesVector source = (BytesVector)argument!;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!source.IsNull(rows[i]))
            {
                Consider(groups[i], source.Slice(rows[i]));
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        BytesVector to = (BytesVector)target;
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            if (sizes[group] == 0)
            {
                target.SetNull(targetRows[i]);
            }
            else
            {
                to.Append(targetRows[i], Current(group));
            }
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            if (sizes[group] > 0)
            {
                arena.Free(handles[group], Block(sizes[group] - 1));
                sizes[group] = 0;
            }
        }
    }

    private static int Block(int length) => Math.Max(1, length);

    private ReadOnlySpan<byte> Current(int group) => arena.Get(handles[group], sizes[group] - 1);

    private void Consider(int group, ReadOnlySpan<byte> value)
    {
        bool isEmpty = sizes[group] == 0;
        int order = isEmpty ? 0 : value.SequenceCompareTo(Current(group));
        if (!isEmpty && (isMax ? order <= 0 : order >= 0))
        {
            return;
        }

        int old = isEmpty ? 0 : Block(sizes[group] - 1);
        if (isEmpty || arena.Room(old) != arena.Room(Block(value.Length)))
        {
            if (!isEmpty)
            {
                arena.Free(handles[group], old);
            }

            handles[group] = arena.Allocate(Block(value.Length));
        }

        value.CopyTo(arena.Get(handles[group], value.Length));
        sizes[group] = value.Length + 1;
    }

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        foreach (int group in groups)
        {
            target.Count(sizes[group]);
            if (sizes[group] > 0)
            {
                Current(group).CopyTo(target.Reserve(sizes[group] - 1));
            }
        }
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        foreach (int group in groups)
        {
            int size = source.Count(leastBytes: 0);
            ReadOnlySpan<byte> value = source.Take(Math.Max(0, size - 1));
            if (size > 0 && group >= 0)
            {
                Consider(group, value);
            }
        }
    }
}
