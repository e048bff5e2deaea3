namespace Millrace.Hosting.Inputs;

/// <summary>A growing window over a stream: what is not consumed yet stays, more is read behind it on demand.</summary>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    private byte[] buffer = new byte[256 << 10];
    private int start;
    private int end;

    /// <summary>Bytes taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    public bool IsAtEnd { get; private set; }

    /// <summary>What has been read and not consumed.</summary>
    public ReadOnlySpan<byte> Available => buffer.AsSpan(start, end - start);

    public void Consume(int bytes) => start += bytes;

    /// <summary>Reads more; false at the end of the stream. Spans from before are no longer good.</summary>
    public bool TryFill()
    {
        if (IsAtEnd)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int read = stream.Read(buffer, end, buffer.Length - end);
        IsAtEnd = read == 0;
        end += read;
        BytesRead += read;
        return read > 0;
    }

    public void Dispose() => stream.Dispose();
}
