using System.Collections.Immutable;

namespace Millrace.Data.Keys;

/// <summary>
/// Turns chosen columns of a range of rows into byte strings that are equal exactly when the values are equal (NULL
/// equals NULL, NaN equals NaN, 0.0 differs from -0.0, as in Flink's GROUP BY), with their hashes: the keys of hash
/// tables, joins and exchanges. One encoder serves any number of batches of one schema; results are good until the
/// next call. Not thread-safe.
/// </summary>
/// <remarks>
/// Per column a marker byte, 0 for NULL or 1, then: numbers, dates and times big-endian with the sign bit turned (so
/// that keys sort as their values do where all columns are numbers); texts and byte strings as they are, preceded by
/// their length in 4 bytes unless it is the last column; ARRAY the count and the elements; MAP and MULTISET the count
/// and the entries, sorted by their encoding; ROW the fields. The format is stored in snapshots and must not change.
/// </remarks>
public sealed class KeyEncoder
{
    private readonly ImmutableArray<int> columns;
    private byte[] buffer = new byte[1024];
    private int[] starts = [];
    private int[] lengths = [];
    private int[] cursors = [];
    private ulong[] hashes = [];

    /// <summary>An encoder for these columns of the batches it will be given, in this order.</summary>
    public KeyEncoder(ReadOnlySpan<int> columns)
    {
        this.columns = [.. columns];
    }

    /// <summary>How many keys the last call made.</summary>
    public int Count { get; private set; }

    /// <summary>All keys of the last call, with some bytes between them.</summary>
    public byte[] Buffer => buffer;

    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Count);

    public ReadOnlySpan<int> Lengths => lengths.AsSpan(0, Count);

    /// <summary>Per key its <see cref="Hash64"/>.</summary>
    public ReadOnlySpan<ulong> Hashes => hashes.AsSpan(0, Count);

    public ReadOnlySpan<byte> Key(int index) => buffer.AsSpan(starts[index], lengths[index]);

    /// <summary>Makes the keys of rows [from, to); key 0 is that of row <paramref name="from"/>.</summary>
    public void Encode(Batch batch, int from, int to)
    {
        Count = to - from;
        Grow(Count);
        Span<int> sizes = lengths.AsSpan(0, Count);
        sizes.Clear();
        for (int c = 0; c < columns.Length; c++)
        {
            KeyColumn.AddSizes(batch.Columns[columns[c]], from, sizes, isLast: c == columns.Length - 1);
        }

        Place(sizes);
        for (int c = 0; c < columns.Length; c++)
        {
            Span<int> at = cursors.AsSpan(0, Count);
            KeyColumn.Write(batch.Columns[columns[c]], from, buffer, at, isLast: c == columns.Length - 1);
        }

        Hash(buffer, Starts, Lengths, hashes.AsSpan(0, Count));
    }

    private static void Hash(byte[] keys, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, Span<ulong> hashes)
    {
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Hash64.Of(new ReadOnlySpan<byte>(keys, starts[i], lengths[i]));
        }
    }

    private void Place(ReadOnlySpan<int> sizes)
    {
        int total = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            starts[i] = total;
            cursors[i] = total;
            total = checked(total + sizes[i] + KeyColumn.Slack);
        }

        if (buffer.Length < total)
        {
            buffer = new byte[Math.Max(total, buffer.Length * 2)];
        }
    }

    private void Grow(int rows)
    {
        if (starts.Length < rows)
        {
            int size = Math.Max(rows, starts.Length * 2);
            starts = new int[size];
            lengths = new int[size];
            cursors = new int[size];
            hashes = new ulong[size];
        }
    }
}
