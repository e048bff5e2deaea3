namespace Millrace.Projects;

/// <summary>Inferences that say the same of several columns of one table: told in one line.</summary>
internal sealed record InferenceGroup(Inference First, IReadOnlyList<string> Subjects)
{
    public static IReadOnlyList<InferenceGroup> Of(IReadOnlyList<Inference> inferences) =>
    [
        .. inferences
            .GroupBy(i => i.Kind == InferenceKind.ColumnType && i.Location is null
                ? (TableOf(i.Subject), i.Kind, i.Value, i.Reason)
                : (i.Subject, i.Kind, i.Value, i.Reason))
            .Select(g => new InferenceGroup(g.First(), [.. g.Select(i => i.Subject)])),
    ];

    public override string ToString()
    {
        string place = First.Location is { } at ? $" ({at})" : "";
        string because = $"{First.Value}, because {First.Reason}{place}";
        if (Subjects.Count == 1)
        {
            return $"{First.Subject}: {What(First.Kind)}{because}";
        }

        string columns = string.Join(", ", Subjects.Select(s => s[(TableOf(s).Length + 1)..]));
        return $"{TableOf(First.Subject)}: {What(First.Kind)}{because}: {columns}";
    }

    private static string TableOf(string subject) => subject.Split('.')[0];

    private static string What(InferenceKind kind) => kind switch
    {
        InferenceKind.ProjectName => "name ",
        InferenceKind.TopicName => "topic ",
        InferenceKind.Partitions => "partitions ",
        InferenceKind.Materialization => "materialized as ",
        InferenceKind.ColumnType => "type ",
        InferenceKind.TimeColumn => "event time ",
        InferenceKind.WatermarkDelay => "watermark delay ",
        InferenceKind.IdleTimeout => "idle_after ",
        InferenceKind.CloseWhenIdle => "close_when_idle ",
        InferenceKind.VersionKey => "versions by ",
        InferenceKind.VersionTime => "version time ",
        InferenceKind.Retention => "retention ",
        InferenceKind.CheckpointInterval => "checkpoint_interval ",
        _ => "key ",
    };
}
