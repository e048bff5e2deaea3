namespace Millrace.Simulation.Reference;

/// <summary>A record or a reading of the clock at a position of the log.</summary>
/// <param name="Topic">The source's topic; null for a reading.</param>
/// <param name="Partition">Within the topic.</param>
/// <param name="Offset">Within the partition.</param>
/// <param name="TimeMs">The record's timestamp, or the reading.</param>
/// <param name="Key">Null for none.</param>
/// <param name="Value">Null for a deletion.</param>
internal sealed record LogEntry(
    string? Topic, int Partition, long Offset, long TimeMs, string? Key, string? Value)
{
    public bool IsTick => Topic is null;
}
