using System.Runtime.CompilerServices;

namespace Millrace.Data;

/// <summary>
/// A column of texts (UTF-8) or byte strings: per row a slice of one shared buffer. The buffer may be the very bytes that came in
/// from the log, so that what only passes through is never copied; several vectors may share it.
/// </summary>
public sealed class BytesVector : ColumnVector
{
    private int[] starts = [];
    private int[] lengths = [];

    public BytesVector(SqlType type)
        : base(type)
    {
    }

    /// <summary>The buffer that <see cref="Starts"/> points into. Set by who fills the vector; never written through it.</summary>
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
