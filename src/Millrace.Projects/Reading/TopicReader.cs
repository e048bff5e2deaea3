using System.Buffers;

namespace Millrace.Projects;

/// <summary>Reads what is declared of a topic.</summary>
internal static class TopicReader
{
    private const int MaxPartitions = 10_000;
    private const int MaxName = 249;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    public static TopicDefinition Read(MappingReader? reader)
    {
        if (reader is null)
        {
            return TopicDefinition.Unsaid;
        }

        return new TopicDefinition(
            ReadName(reader, "name"),
            reader.Int("partitions", 1, MaxPartitions)?.Value,
            reader.Int("replication_factor")?.Value,
            TopicConfigReader.Read(reader.Mapping("config")));
    }

    /// <summary>A topic's name, by Kafka's rules: 1 to 249 letters, digits, dots, underscores and dashes; not "." or
    /// "..".</summary>
    public static Said<string>? ReadName(MappingReader reader, string key)
    {
        Said<string>? name = reader.Text(key);
        if (name is null || IsLegal(name.Value))
        {
            return name;
        }

        reader.Diagnostics.Add(YamlDiagnostics.BadTopicName(name.Location, name.Value));
        return null;
    }

    private static bool IsLegal(string name) =>
        name.Length is > 0 and <= MaxName && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Legal);
}
