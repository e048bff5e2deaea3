using System.Numerics;
using System.Runtime.CompilerServices;

namespace Millrace.Data;

/// <summary>
/// One column of a <see cref="Batch"/>: values of one type, with validity bits. The arrays may be longer than the
/// batch; rows from the batch's count on are undefined, and so is the value of a NULL row. A vector belongs to the
/// operator that fills it and is good until that operator's next step; who needs a value longer copies it. Not
/// thread-safe while being filled.
/// </summary>
/// <remarks>
/// Storage by type: BOOLEAN <c>FixedVector&lt;byte&gt;</c> (0 or 1) · TINYINT, SMALLINT, INT, DATE (days), TIME (ms)
/// and year-month intervals (months) <c>FixedVector&lt;int&gt;</c> · BIGINT, TIMESTAMP and TIMESTAMP_LTZ up to
/// precision 3 (ms since the epoch) and day-time intervals (ms) <c>FixedVector&lt;long&gt;</c> · FLOAT
/// <c>&lt;float&gt;</c> · DOUBLE <c>&lt;double&gt;</c> · DECIMAL <c>&lt;Int128&gt;</c>, unscaled · CHAR, VARCHAR,
/// BINARY, VARBINARY <see cref="BytesVector"/> · ARRAY, MULTISET, MAP <see cref="ListVector"/> · ROW
/// <see cref="RowVector"/>.
/// </remarks>
public abstract class ColumnVector
{
    private ulong[] validity = [];

    protected ColumnVector(SqlType type)
    {
        Type = type;
    }

    public SqlType Type { get; }

    /// <summary>Whether any row may be NULL. When false the validity bits are not looked at.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>One bit per row, 1 = not NULL; meaningful only when <see cref="HasNulls"/>. Rows behind its end are not
    /// NULL.</summary>
    public Span<ulong> Validity => validity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int row)
    {
        ulong[] words = validity;
        return HasNulls && (uint)(row >> 6) < (uint)words.Length && (words[row >> 6] >> row & 1) == 0;
    }

    /// <summary>Makes room for that many rows and declares all of them not NULL. Values are undefined, lists have no
    /// elements.</summary>
    public virtual void Reset(int rows)
    {
        HasNulls = false;
        EnsureCapacity(rows);
    }

    /// <summary>1 for a row that is not NULL, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ValidBit(int row)
    {
        ulong[] words = validity;
        return HasNulls && (uint)(row >> 6) < (uint)words.Length ? words[row >> 6] >> row & 1 : 1;
    }

    /// <summary>The validity bits of the rows from <paramref name="row"/> on, at least 16 of them.</summary>
    internal ulong ValidFrom(int row)
    {
        if (!HasNulls)
        {
            return ulong.MaxValue;
        }

        int word = row >> 6;
        int shift = row & 63;
        ulong low = word < validity.Length ? validity[word] : ulong.MaxValue;
        ulong high = word + 1 < validity.Length ? validity[word + 1] : ulong.MaxValue;
        return shift == 0 ? low : (low >> shift) | (high << (64 - shift));
    }

    /// <summary>Marks a row NULL. The rows must have been <see cref="Reset"/> to at least <paramref name="row"/> +
    /// 1.</summary>
    public void SetNull(int row)
    {
        if (!HasNulls)
        {
            MakeNullable(Capacity);
        }

        if (row >> 6 >= validity.Length)
        {
            int old = validity.Length;
            Array.Resize(ref validity, Math.Max((row >> 6) + 1, old * 2));
            validity.AsSpan(old).Fill(ulong.MaxValue);
        }

        validity[row >> 6] &= ~(1UL << row);
    }

    /// <summary>Marks NULL of the rows from one on those with a bit set, as <see cref="SetNull"/> does.</summary>
    internal void SetNulls(int row, uint bits)
    {
        if (bits == 0)
        {
            return;
        }

        SetNull(row + BitOperations.Log2(bits));
        int word = row >> 6;
        ulong first = (ulong)bits << row;
        validity[word] &= ~first;
        if ((row & 63) > 32 && word + 1 < validity.Length)
        {
            validity[word + 1] &= ~((ulong)bits >> (64 - (row & 63)));
        }
    }

    /// <summary>Takes back a <see cref="SetNull"/> of this step.</summary>
    internal virtual void SetValid(int row)
    {
        if (HasNulls && row >> 6 < validity.Length)
        {
            validity[row >> 6] |= 1UL << row;
        }
    }

    /// <summary>Turns on the validity bits, all 1, for at least that many rows; kernels then write whole
    /// words.</summary>
    public void MakeNullable(int rows)
    {
        int words = (Math.Max(rows, Capacity) + 63) >> 6;
        if (validity.Length < words)
        {
            validity = new ulong[words];
        }

        validity.AsSpan().Fill(ulong.MaxValue);
        HasNulls = true;
    }

    /// <summary>How many rows the value arrays have room for.</summary>
    public abstract int Capacity { get; }

    /// <summary>Grows the value arrays; what they hold is kept.</summary>
    public abstract void EnsureCapacity(int rows);

    /// <summary>A new, empty vector for values of a type, with the storage that the type has.</summary>
    public static ColumnVector Create(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => new FixedVector<byte>(type),
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.Date or SqlTypeKind.Time
            or SqlTypeKind.IntervalYearMonth or SqlTypeKind.Null => new FixedVector<int>(type),
        SqlTypeKind.BigInt or SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz or SqlTypeKind.IntervalDayTime
            => new FixedVector<long>(type),
        SqlTypeKind.Float => new FixedVector<float>(type),
        SqlTypeKind.Double => new FixedVector<double>(type),
        SqlTypeKind.Decimal => new FixedVector<Int128>(type),
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Binary or SqlTypeKind.VarBinary => new BytesVector(type),
        SqlTypeKind.Array or SqlTypeKind.Multiset or SqlTypeKind.Map => new ListVector(type),
        SqlTypeKind.Row => new RowVector(type),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no storage for this type"),
    };
}
