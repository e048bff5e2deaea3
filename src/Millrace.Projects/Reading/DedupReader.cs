namespace Millrace.Projects;

/// <summary>Reads a source's <c>dedup:</c>.</summary>
internal static class DedupReader
{
    public static DedupDefinition? Read(MappingReader source)
    {
        if (source.Mapping("dedup") is not { } dedup)
        {
            return null;
        }

        Said<string>? key = dedup.Text("key");
        Said<long>? window = dedup.PositiveDuration("window");
        if (key is null)
        {
            dedup.Missing<object>("dedup", "key", "name the column that is the same in duplicates: key: event_id");
        }

        if (window is null && dedup.KeyLocation("window_ms") is null && dedup.KeyLocation("window_seconds") is null)
        {
            dedup.Missing<object>("dedup", "window", "say how long a key is remembered: window: 24h");
        }

        return key is null || window is null ? null : new DedupDefinition(key, window);
    }
}
