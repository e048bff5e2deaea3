namespace Millrace.Storage.Codecs;

/// <summary>A <see cref="ByteSink"/> as a stream, for libraries that write to one.</summary>
internal sealed class SinkStream(ByteSink sink) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => sink.Length;

    public override long Position
    {
        get => sink.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads a stream to its end into a sink.</summary>
    public static void Drain(Stream source, ByteSink target)
    {
        for (int read; (read = source.Read(target.GetSpan())) > 0;)
        {
            target.Advance(read);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer.CopyTo(sink.GetSpan(buffer.Length));
        sink.Advance(buffer.Length);
    }
}
