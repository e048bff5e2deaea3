namespace Millrace.Hosting.Inputs;

/// <summary>Reads records one by one, each as the JSON value that its source's topic would hold.</summary>
internal abstract class RecordReader : IDisposable
{
    /// <summary>The columns that the file itself names; empty when each record names its own.</summary>
    public virtual IReadOnlyList<string> Columns => [];

    /// <summary>Bytes of records read, uncompressed.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The next record; good until the next call. False at the end.</summary>
    public abstract bool TryRead(out ReadOnlySpan<byte> value);

    public abstract void Dispose();
}
