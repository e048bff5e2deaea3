using System.Globalization;

namespace Millrace.Projects;

/// <summary>What a topic keeps and how, as text for a person.</summary>
internal static class TopicSettingsText
{
    /// <summary>Null where nothing but the defaults holds.</summary>
    public static string? Of(CompiledTopicSettings settings) => settings == CompiledTopicSettings.Default
        ? null
        : string.Join("; ", Parts(settings).OfType<string>());

    private static IEnumerable<string?> Parts(CompiledTopicSettings settings)
    {
        yield return Retention(settings);
        yield return settings.SegmentBytes is { } bytes ? $"segments of {Number(bytes)} bytes" : null;
        yield return settings.SegmentMs is { } ms ? $"segments of {DurationText.Of(ms)}" : null;
        yield return settings.Compression == CompressionType.None
            ? null : $"compressed by {settings.Compression.ToString().ToLowerInvariant()}";
    }

    private static string Retention(CompiledTopicSettings settings)
    {
        string time = settings.RetentionMs == -1 ? "" : DurationText.Of(settings.RetentionMs);
        string size = settings.RetentionBytes == -1 ? "" : $"{Number(settings.RetentionBytes)} bytes a partition";
        string limits = string.Join(", ", new[] { time, size }.Where(t => t.Length > 0));
        return settings.Cleanup switch
        {
            CleanupPolicy.Compact => "the newest record of each key",
            CleanupPolicy.Delete => limits.Length == 0 ? "everything" : limits,
            _ => limits.Length == 0 ? "the newest record of each key" : $"the newest record of each key, {limits}",
        };
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
