using System.Buffers;

namespace Millrace.Storage.Codecs;

/// <summary>
/// Takes the bytes that a codec makes, up to a limit; beyond it, it throws <see cref="InvalidDataException"/>. Grows
/// with what was really written, never with what a header promises. Reusable.
/// </summary>
internal sealed class ByteSink : IBufferWriter<byte>
{
    private const int LeastBytes = 4096;
    private byte[] buffer = [];
    private int limit;

    public byte[] Buffer => buffer;

    public int Length { get; private set; }

    public Span<byte> Bytes => buffer.AsSpan(0, Length);

    public void Clear(int maxBytes)
    {
        Length = 0;
        limit = maxBytes;
    }

    public void Advance(int count)
    {
        if (count > limit - Length)
        {
            throw new InvalidDataException("the records are larger than a batch may be");
        }

        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(Length);
    }

    private void Reserve(int more)
    {
        int needed = checked(Length + Math.Max(more, 1));
        if (needed > buffer.Length)
        {
            int doubled = (int)Math.Min(2L * buffer.Length, Array.MaxLength);
            Array.Resize(ref buffer, Math.Max(Math.Max(needed, doubled), LeastBytes));
        }
    }
}
