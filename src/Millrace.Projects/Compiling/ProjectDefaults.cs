namespace Millrace.Projects;

/// <summary>What holds for the project as a whole where nothing is said, told to the user.</summary>
internal static class ProjectDefaults
{
    private const long DefaultIntervalMs = 30_000;

    /// <summary>One state has one interval: the least that a model asks for.</summary>
    public static long CheckpointIntervalMs(IReadOnlyList<CompiledModel> models, InferenceLog log)
    {
        CompiledModel? least = models.Where(m => m.Flink.CheckpointIntervalMs is not null)
            .MinBy(m => m.Flink.CheckpointIntervalMs);
        long interval = least?.Flink.CheckpointIntervalMs ?? DefaultIntervalMs;
        if (models.Count > 0)
        {
            string reason = least is null ? "no model says one"
                : $"it is the least that a model asks for: {least.Name}";
            log.Add(InferenceKind.CheckpointInterval, "project", DurationText.Of(interval), reason);
        }

        return interval;
    }

    public static void LogRetention(IReadOnlyList<CompiledTable> tables, InferenceLog log)
    {
        string[] unsaid = [.. tables.Where(t => IsUnlimited(t.Topic)).Select(t => t.Name)];
        if (unsaid.Length > 0)
        {
            string which = unsaid.Length == tables.Count
                ? "no topic sets" : $"the config of {string.Join(", ", unsaid)} does not set";
            log.Add(
                InferenceKind.Retention, "project", "unlimited",
                $"{which} retention.ms; Kafka would forget after 7 days");
        }
    }

    private static bool IsUnlimited(CompiledTopic topic) =>
        topic.Settings is { RetentionMs: -1, RetentionBytes: -1, Cleanup: CleanupPolicy.Delete }
        && !topic.Config.ContainsKey(TopicConfigReader.RetentionMs);
}
