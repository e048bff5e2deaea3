namespace Millrace.Testing.Runs;

/// <summary>A record that a test puts into a topic; its place in the list is its place in the append order.</summary>
/// <param name="Table">The table that it goes to.</param>
/// <param name="Value">Its value; null deletes its key.</param>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Timestamp">The timestamp that the log gave it, ms since the epoch.</param>
public sealed record TestRecord(string Table, byte[]? Value, byte[]? Key = null, int Partition = 0, long Timestamp = 0)
{
    /// <summary>Set for a reading of the clock instead of a record, ms since the epoch.</summary>
    public long? ClockMs { get; init; }
}
