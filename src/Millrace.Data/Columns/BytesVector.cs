using System.Runtime.CompilerServices;

namespace Millrace.Data;

/// <summary>
/// A column of texts (UTF-8) or byte strings: per row a slice of one shared buffer. The buffer may be the very bytes
/// that came in from the log, so that what only passes through is never copied; several vectors may share it.
/// </summary>
public sealed class BytesVector : ColumnVector
{
    private int[] starts = [];
    private int[] lengths = [];
    private byte[] own = [];
    private int used;

    public BytesVector(SqlType type)
        : base(type)
    {
    }

    /// <summary>The buffer that <see cref="Starts"/> points into. Set by who fills the vector; never written through
    /// it.</summary>
    public byte[] Data { get; set; } = [];

    public int[] Starts => starts;

    public int[] Lengths => lengths;

    public override int Capacity => starts.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Slice(int row) => new(Data, starts[row], lengths[row]);

    public void Set(int row, int start, int length)
    {
        starts[row] = start;
        lengths[row] = length;
    }

    /// <summary>Turns to a buffer of the vector's own, empty, for <see cref="Append"/>. Slices set before lose their
    /// meaning.</summary>
    public void BeginAppend()
    {
        used = 0;
        Data = own;
    }

    /// <summary>Copies a value behind those appended since <see cref="BeginAppend"/> and makes it the row's. Rows in
    /// any order.</summary>
    public void Append(int row, ReadOnlySpan<byte> value)
    {
        CopyToOwn(value);
        Data = own;
        Set(row, used - value.Length, value.Length);
    }

    /// <summary>
    /// Copies a value into the vector's own buffer beside slices of another one, as the row's: to be put right by
    /// <see cref="FinishSlices"/>, until when its start is the complement.
    /// </summary>
    internal void SetAside(int row, ReadOnlySpan<byte> value)
    {
        used = HasAside ? used : 0;
        HasAside = true;
        CopyToOwn(value);
        Set(row, ~(used - value.Length), value.Length);
    }

    /// <summary>Whether values were set aside since the last <see cref="FinishSlices"/>.</summary>
    internal bool HasAside { get; private set; }

    /// <summary>
    /// Makes one buffer of all rows' values: the given one, or the vector's own if any value had to be set aside.
    /// </summary>
    internal void FinishSlices(byte[] buffer, int rows)
    {
        Data = buffer;
        if (!HasAside)
        {
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            if (starts[i] < 0)
            {
                starts[i] = ~starts[i];
            }
            else if (!IsNull(i))
            {
                CopyToOwn(buffer.AsSpan(starts[i], lengths[i]));
                starts[i] = used - lengths[i];
            }
        }

        Data = own;
        HasAside = false;
    }

    private void CopyToOwn(ReadOnlySpan<byte> value)
    {
        if (own.Length - used < value.Length)
        {
            Array.Resize(ref own, Math.Max(used + value.Length, Math.Max(256, own.Length * 2)));
        }

        value.CopyTo(own.AsSpan(used));
        used += value.Length;
    }

    public override void EnsureCapacity(int rows)
    {
        if (starts.Length < rows)
        {
            int size = Math.Max(rows, starts.Length * 2);
            Array.Resize(ref starts, size);
            Array.Resize(ref lengths, size);
        }
    }
}
