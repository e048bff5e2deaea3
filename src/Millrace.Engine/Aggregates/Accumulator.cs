using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// The state of one aggregate call for many groups: arrays over dense group numbers, which the operator gives out and
/// takes back. A whole segment of rows per call. DISTINCT is the accumulator's affair; FILTER is not: the operator
/// passes the rows that it lets through. One instance belongs to one worker; <see cref="Emit"/> only reads and may run
/// on several threads at once.
/// </summary>
public abstract class Accumulator
{
    protected Accumulator(SqlType resultType)
    {
        ResultType = resultType;
    }

    public SqlType ResultType { get; }

    /// <summary>Bytes of memory that the state takes, about.</summary>
    public abstract long StateBytes { get; }

    /// <summary>Makes room for group numbers below <paramref name="groups"/>; new ones are empty.</summary>
    public abstract void EnsureGroups(int groups);

    /// <summary>
    /// Adds row <c>rows[i]</c> of the argument column to group <c>groups[i]</c>, in this order (a group may occur many
    /// times). The argument is null for COUNT(*). Bytes that the state keeps are copied: the column is good for this
    /// call only.
    /// </summary>
    public abstract void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows);

    /// <summary>
    /// Writes the value of group <c>groups[i]</c> to row <c>targetRows[i]</c> of the target. The operator has reset
    /// the target to enough rows and begun it empty (<see cref="BytesVector.BeginAppend"/>,
    /// <see cref="ListVector.ElementCount"/> 0, children too); other rows of it may come from other accumulators:
    /// texts are appended with <see cref="BytesVector.Append"/>, elements behind
    /// <see cref="ListVector.ElementCount"/>. State stays as it is.
    /// </summary>
    public abstract void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows);

    /// <summary>Empties groups, whose numbers will be used again.</summary>
    public abstract void Clear(ReadOnlySpan<int> groups);

    /// <summary>Writes what all groups share to snapshots, before any group; null where they share nothing.</summary>
    internal virtual DictionarySaver? Shared => null;

    /// <summary>Writes the state of groups, for a snapshot.</summary>
    internal abstract void Save(ReadOnlySpan<int> groups, SnapshotWriter target);

    /// <summary>Reads what <see cref="Save"/> wrote: the i-th state becomes that of <c>groups[i]</c>, which is empty;
    /// with -1 there it is passed over.</summary>
    internal abstract void Load(ReadOnlySpan<int> groups, ref SnapshotReader source);
}
