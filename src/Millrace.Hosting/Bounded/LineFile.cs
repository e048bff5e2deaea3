namespace Millrace.Hosting.Bounded;

/// <summary>A file of lines that is written from its beginning.</summary>
internal sealed class LineFile(string path) : IDisposable
{
    private readonly FileStream file =
        new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 18);

    public long Count { get; private set; }

    public void Write(ReadOnlySpan<byte> line)
    {
        file.Write(line);
        file.WriteByte((byte)'\n');
        Count++;
    }

    public void Dispose() => file.Dispose();
}
