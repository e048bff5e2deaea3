using System.Text.RegularExpressions;

namespace Millrace.Projects;

/// <summary>Reads what is declared of a topic.</summary>
internal static partial class TopicReader
{
    private const int MaxPartitions = 10_000;

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
        if (name is null || (LegalName().IsMatch(name.Value) && name.Value is not ("." or "..")))
        {
            return name;
        }

        reader.Diagnostics.Add(YamlDiagnostics.BadTopicName(name.Location, name.Value));
        return null;
    }

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LegalName();
}
