using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Finds the rows whose value their group has not seen yet: what DISTINCT adds to any aggregate. NULLs are left out, as
/// all aggregates leave them out.
/// </summary>
internal abstract class DistinctFilter
{
    public abstract long StateBytes { get; }

    /// <summary>Writes the values that groups share to snapshots, or null.</summary>
    public abstract DictionarySaver? Shared { get; }

    public abstract void EnsureGroups(int groups);

    /// <summary>Writes rows and their groups that are new, in order, and returns how many.</summary>
    public abstract int Select(
        ReadOnlySpan<int> groups, ColumnVector column, ReadOnlySpan<int> rows, Span<int> newGroups, Span<int> newRows);

    /// <summary>How many different values a group has seen.</summary>
    public abstract int Count(int group);

    public abstract void Clear(ReadOnlySpan<int> groups);

    public abstract void Save(ReadOnlySpan<int> groups, SnapshotWriter target);

    public abstract void Load(ReadOnlySpan<int> groups, ref SnapshotReader source);
}

/// <summary>The filter for keys of one type.</summary>
internal sealed class DistinctFilter<T> : DistinctFilter
    where T : unmanaged, IEquatable<T>
{
    private readonly ValueCodec<T> codec;
    private readonly GroupSets<T> sets;
    private readonly KnownRows known = new();
    private readonly GroupSetsFormat<T> format;

    public DistinctFilter(ValueCodec<T> codec)
    {
        this.codec = codec;
        sets = new GroupSets<T>(codec);
        format = new GroupSetsFormat<T>(sets, codec);
    }

    public override long StateBytes => sets.Bytes + codec.Bytes;

    public override DictionarySaver? Shared => codec.Saver;

    public override void EnsureGroups(int groups) => sets.EnsureGroups(groups);

    public override int Select(
        ReadOnlySpan<int> groups, ColumnVector column, ReadOnlySpan<int> rows, Span<int> newGroups, Span<int> newRows)
    {
        known.Select(column, ref groups, ref rows);
        ReadOnlySpan<T> keys = codec.Encode(column, rows);
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            sets.PrefetchAhead(groups, keys, i);
            if (sets.Add(groups[i], keys[i], out _))
            {
                codec.Hold(keys[i]);
                newGroups[count] = groups[i];
                newRows[count] = rows[i];
                count++;
            }
        }

        return count;
    }

    public override int Count(int group) => sets.Count(group);

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            codec.Release(sets.Values(group));
            sets.Clear(group);
        }
    }

    public override void Save(ReadOnlySpan<int> groups, SnapshotWriter target) => format.Save(groups, target);

    public override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source) => format.Load(groups, ref source);
}
