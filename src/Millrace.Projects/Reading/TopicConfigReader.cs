using System.Globalization;

namespace Millrace.Projects;

/// <summary>
/// Reads the settings of a topic by Kafka's names. Those that the log honours are checked here; the others are kept for
/// a deployment as they are written.
/// </summary>
internal static class TopicConfigReader
{
    public const string RetentionMs = "retention.ms";
    public const string RetentionBytes = "retention.bytes";
    public const string SegmentBytes = "segment.bytes";
    public const string SegmentMs = "segment.ms";
    public const string DeleteRetentionMs = "delete.retention.ms";
    public const string Cleanup = "cleanup.policy";
    public const string Compression = "compression.type";

    /// <summary>A segment smaller than this would be more names than records.</summary>
    public const int MinSegmentBytes = 1024;

    private static readonly string[] Known =
        [RetentionMs, RetentionBytes, SegmentBytes, SegmentMs, DeleteRetentionMs, Cleanup, Compression];

    public static Dictionary<string, string> Read(MappingReader? reader)
    {
        Dictionary<string, string> config = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in reader?.Entries ?? [])
        {
            string name = entry.Key.Value;
            if (Known.Contains(name.Replace('_', '.'), StringComparer.Ordinal) && name.Contains('_'))
            {
                reader!.Diagnostics.Add(
                    YamlDiagnostics.UnknownKey(entry.Key.Location, name, "a topic's config", Known));
            }
            else if (Value(reader!, name) is { } value)
            {
                config[name] = value;
            }
        }

        return config;
    }

    private static string? Value(MappingReader reader, string name) => name switch
    {
        RetentionMs or RetentionBytes => Number(reader, name, -1),
        SegmentBytes => Number(reader, name, MinSegmentBytes),
        SegmentMs => Number(reader, name, 1),
        DeleteRetentionMs => Number(reader, name, 0),
        Cleanup => Policies(reader),
        Compression => reader.OneOf(
            name, "none", "uncompressed", "producer", "gzip", "snappy", "lz4", "zstd")?.Value,
        _ => reader.Text(name)?.Value,
    };

    private static string? Number(MappingReader reader, string name, long min) =>
        reader.Long(name, min)?.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>One policy or both, as a list or separated by a comma as Kafka has it.</summary>
    private static string? Policies(MappingReader reader)
    {
        List<string> words = [];
        foreach (Said<string> said in reader.Texts(Cleanup) ?? [])
        {
            foreach (string word in said.Value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (word is not ("delete" or "compact"))
                {
                    reader.Diagnostics.Add(
                        YamlDiagnostics.NotOneOf(said.Location, Cleanup, word, ["delete", "compact"]));
                    return null;
                }

                words.Add(word);
            }
        }

        return words.Count == 0 ? null : string.Join(',', words);
    }
}
