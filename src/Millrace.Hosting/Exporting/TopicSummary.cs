namespace Millrace.Hosting.Exporting;

/// <summary>A topic and the offsets that its partitions hold.</summary>
/// <param name="Name">Its name, as the user says it.</param>
/// <param name="Partitions">The first offset that is there and the one behind the last, by partition.</param>
public sealed record TopicSummary(string Name, IReadOnlyList<(long Start, long End)> Partitions);
