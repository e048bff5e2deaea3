using System.Text;
using Millrace.Storage.Records;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// Reads the fields of an entry's body. A body that its checksum vouches for yet does not parse is a bug.
/// </summary>
internal ref struct LedgerBody(ReadOnlySpan<byte> bytes, int position = 0)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position = position;

    public readonly int Position => position;

    public long Read()
    {
        if (!Varint.TryRead(bytes, ref position, out ulong value))
        {
            throw new InvalidDataException("ledger entry ends too early");
        }

        return (long)value;
    }

    public long ReadSigned() => Varint.UnZigZag((ulong)Read());

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Bytes with their length before them.</summary>
    public byte[] ReadBytes()
    {
        int length = (int)Read();
        byte[] read = bytes.Slice(position, length).ToArray();
        position += length;
        return read;
    }

    /// <summary>
    /// An item of a commit: of a run of records, the partition's id plus one, shifted left by one, the low bit saying
    /// that a count (less two) follows; of a tick, 0 and then the clock's reading. A tick's id is -1 and its count 1.
    /// </summary>
    public (int Id, long Count, long ClockMs) ReadItem()
    {
        long head = Read();
        return head == 0
            ? (-1, 1, ReadSigned())
            : ((int)(head >> 1) - 1, (head & 1) == 0 ? 1 : Read() + 2, 0);
    }
}
