namespace Millrace.Hosting.Inputs;

/// <summary>Reads a file's records one by one, each as the JSON value that its source's topic would hold.</summary>
internal abstract class RecordReader(ByteWindow window) : IDisposable
{
    /// <summary>The columns that the file itself names; empty when each record names its own.</summary>
    public virtual IReadOnlyList<string> Columns => [];

    protected ByteWindow Window { get; } = window;

    /// <summary>The next record; good until the next call. False at the end of the file.</summary>
    public abstract bool TryRead(out ReadOnlySpan<byte> value);

    public void Dispose() => Window.Dispose();
}
