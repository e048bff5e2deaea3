namespace Millrace.Hosting.Views;

/// <summary>A row's JSON value and the timestamp of its record, ms since the epoch.</summary>
internal readonly record struct StoredRow(ReadOnlyMemory<byte> Value, long Time);

/// <summary>
/// The rows of a <see cref="RowStore"/> at one moment, until it is disposed; who needs a row longer copies it.
/// </summary>
internal sealed class RowSnapshot(RowChunk[] chunks, int lastCount, bool isComplete, Action onDispose) : IDisposable
{
    /// <summary>Whether no row had been dropped for want of memory.</summary>
    public bool IsComplete => isComplete;

    public void Dispose() => onDispose();

    public IEnumerable<StoredRow> NewestFirst()
    {
        for (int c = chunks.Length - 1; c >= 0; c--)
        {
            int count = c == chunks.Length - 1 ? lastCount : chunks[c].Count;
            for (int i = count - 1; i >= 0; i--)
            {
                RowEntry entry = chunks[c].Entry(i);
                yield return new StoredRow(chunks[c].Value(entry), entry.Time);
            }
        }
    }
}
