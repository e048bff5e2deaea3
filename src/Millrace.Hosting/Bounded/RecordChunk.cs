using Millrace.Hosting.Inputs;

namespace Millrace.Hosting.Bounded;

/// <summary>The records of one step in one buffer, their keys behind them.</summary>
internal sealed class RecordChunk
{
    private byte[] buffer = new byte[64 << 10];
    private int[] starts = [];
    private int[] lengths = [];
    private int used;

    public byte[] Buffer => buffer;

    public int Count { get; private set; }

    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Count);

    public ReadOnlySpan<int> Lengths => lengths.AsSpan(0, Count);

    public ReadOnlySpan<byte> Value(int record) => buffer.AsSpan(starts[record], lengths[record]);

    /// <summary>Reads the next records, at most so many; false when there are none.</summary>
    public bool Fill(RecordReader reader, int maxRecords)
    {
        Count = 0;
        used = 0;
        if (starts.Length < maxRecords)
        {
            starts = new int[maxRecords];
            lengths = new int[maxRecords];
        }

        while (Count < maxRecords && reader.TryRead(out ReadOnlySpan<byte> value))
        {
            starts[Count] = Append(value);
            lengths[Count++] = value.Length;
        }

        return Count > 0;
    }

    /// <summary>
    /// Puts a key behind the records and returns where it starts. The buffer may be another one after.
    /// </summary>
    public int AddKey(ReadOnlySpan<byte> key) => Append(key);

    private int Append(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - used < bytes.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + bytes.Length));
        }

        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
        return used - bytes.Length;
    }
}
