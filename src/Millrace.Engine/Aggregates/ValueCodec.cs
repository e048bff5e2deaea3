using System.Runtime.InteropServices;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Turns the values of a column into keys of fixed width, equal exactly when the values are (NaN equals NaN, 0.0
/// differs from -0.0), and back: so that sets need to know two or three key types only. Owns its scratch memory.
/// </summary>
internal abstract class ValueCodec<T>
    where T : unmanaged, IEquatable<T>
{
    /// <summary>Bytes that the codec itself holds for the keys in use.</summary>
    public virtual long Bytes => 0;

    /// <summary>Where keys are numbers that are used again: what all of them are below; else 0.</summary>
    public virtual int Bound => 0;

    /// <summary>Where keys are numbers of a dictionary: writes that to snapshots; else null.</summary>
    public virtual DictionarySaver? Saver => null;

    /// <summary>The keys of some rows, none of them NULL; good until the next call.</summary>
    public abstract ReadOnlySpan<T> Encode(ColumnVector column, ReadOnlySpan<int> rows);

    /// <summary>
    /// Writes the values of keys to rows from <paramref name="at"/> on of a column that has room for them.
    /// </summary>
    public abstract void Decode(ReadOnlySpan<T> keys, ColumnVector target, int at);

    /// <summary>Says that a set each now holds the keys.</summary>
    public virtual void Hold(ReadOnlySpan<T> keys)
    {
    }

    /// <summary>Says that a set holds the keys no longer.</summary>
    public virtual void Release(ReadOnlySpan<T> keys)
    {
    }

    /// <summary>Writes keys for a snapshot; what they stand for, <see cref="Saver"/> does.</summary>
    public virtual void Save(ReadOnlySpan<T> keys, SnapshotWriter target)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(keys);
        bytes.CopyTo(target.Reserve(bytes.Length));
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote: of each group so many keys as <paramref name="counts"/> says, to
    /// <paramref name="keys"/>. Those of a group that is -1 are passed over. A new key has no holder.
    /// </summary>
    public virtual void Load(
        ReadOnlySpan<int> groups, ReadOnlySpan<int> counts, Span<T> keys, ref SnapshotReader source)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(keys);
        source.Take(bytes.Length).CopyTo(bytes);
    }
}
