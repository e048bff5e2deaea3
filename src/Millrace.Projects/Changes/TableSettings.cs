namespace Millrace.Projects;

/// <summary>What of a topic's settings changed. They hold from now on, for a source as for a model.</summary>
internal static class TableSettings
{
    public static IEnumerable<string> Changes(CompiledTable before, CompiledTable now)
    {
        if (before.Topic.Settings != now.Topic.Settings)
        {
            string old = TopicSettingsText.Of(before.Topic.Settings) ?? "everything";
            string current = TopicSettingsText.Of(now.Topic.Settings) ?? "everything";
            yield return $"what its topic keeps changed: {old} → {current}";
        }
    }
}
