using System.Buffers.Binary;
using System.Text;
using Millrace.Storage.Records;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// Builds ledger entries in a reusable buffer; the ledger gives them their LSN and checksum when it writes.
/// </summary>
internal sealed class LedgerEncoder
{
    private byte[] buffer = new byte[256];
    private int length;
    private int frameStart;

    public bool IsEmpty => length == 0;

    /// <summary>The frames built so far.</summary>
    public Span<byte> Bytes => buffer.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Begin(LedgerEntryKind kind)
    {
        frameStart = length;
        Reserve(LedgerFrame.HeaderBytes);
        length += LedgerFrame.HeaderBytes;
        buffer[frameStart + 8] = (byte)kind;
    }

    public void Write(long value)
    {
        Reserve(Varint.MaxBytes);
        length += Varint.Write(buffer.AsSpan(length), (ulong)value);
    }

    public void WriteSigned(long value) => Write((long)Varint.ZigZag(value));

    public void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Write(bytes);
    }

    /// <summary>Encoded bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>Closes the entry; its length is noted so that the ledger can walk the frames.</summary>
    public void End() =>
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(frameStart), (uint)(length - frameStart - 8));

    private void Reserve(int more)
    {
        if (length + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + more, 2 * buffer.Length));
        }
    }
}
