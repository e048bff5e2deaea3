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

    /// <summary>Finds the rows that are new: <see cref="NewRows"/>.</summary>
    public abstract void Select(ReadOnlySpan<int> groups, ColumnVector column, ReadOnlySpan<int> rows);

    /// <summary>The rows that the last call found, those of one group in order.</summary>
    public abstract ReadOnlySpan<int> NewRows { get; }

    /// <summary>Their groups.</summary>
    public abstract ReadOnlySpan<int> NewGroups { get; }

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
    // Groups whose values are being fetched.
    private const int Ahead = 12;

    private readonly ValueCodec<T> codec;
    private readonly GroupSets<T> sets;
    private readonly KnownRows known = new();
    private readonly GroupSetsFormat<T> format;
    private readonly RowList<T> inLists = new();
    private readonly RowList<T> inMaps = new();
    private readonly RowList<T> added = new();

    public DistinctFilter(ValueCodec<T> codec)
    {
        this.codec = codec;
        sets = new GroupSets<T>(codec);
        format = new GroupSetsFormat<T>(sets, codec);
    }

    public override long StateBytes => sets.Bytes + codec.Bytes;

    public override DictionarySaver? Shared => codec.Saver;

    public override void EnsureGroups(int groups) => sets.EnsureGroups(groups);

    public override ReadOnlySpan<int> NewRows => added.Rows;

    public override ReadOnlySpan<int> NewGroups => added.Groups;

    public override void Select(ReadOnlySpan<int> groups, ColumnVector column, ReadOnlySpan<int> rows)
    {
        known.Select(column, ref groups, ref rows);
        ReadOnlySpan<T> keys = codec.Encode(column, rows);
        added.EnsureCapacity(rows.Length);
        added.Count = 0;
        if (sets.HasMaps)
        {
            // Apart, because which of the two a row's set is cannot be guessed.
            sets.Split(groups, keys, rows, inLists, inMaps);
            sets.AddToMaps(inMaps, added);
            Add(inLists.Groups, inLists.Keys, inLists.Rows);
        }
        else
        {
            Add(groups, keys, rows);
        }

        codec.Hold(added.Keys);
    }

    private void Add(ReadOnlySpan<int> groups, ReadOnlySpan<T> keys, ReadOnlySpan<int> rows)
    {
        int count = added.Count;
        for (int i = 0; i < rows.Length; i++)
        {
            sets.PrefetchAhead(groups, keys, i);
            if (sets.Add(groups[i], keys[i], out _))
            {
                added.Put(count++, groups[i], keys[i], rows[i]);
            }
        }

        added.Count = count;
    }

    public override int Count(int group) => sets.Count(group);

    public override void Clear(ReadOnlySpan<int> groups)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            if (i + Ahead < groups.Length)
            {
                sets.Prefetch(groups[i + Ahead]);
            }

            codec.Release(sets.Values(groups[i]));
            sets.Clear(groups[i]);
        }
    }

    public override void Save(ReadOnlySpan<int> groups, SnapshotWriter target) => format.Save(groups, target);

    public override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source) => format.Load(groups, ref source);
}
