using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Reads an item of <c>sources:</c>.</summary>
internal static class SourceReader
{
    public static SourceDefinition? Read(MappingReader reader)
    {
        if (NameReader.Read(reader, "a source") is not { } name)
        {
            return null;
        }

        List<ColumnDefinition> columns = ColumnReader.Read(reader);
        columns.AddRange(SchemaReader.Read(reader, columns));
        if (columns.Count == 0 && reader.Entry("schema") is null)
        {
            reader.Missing<object>(
                $"source \"{name.Value}\"", "columns", "list the columns that your SQL uses: - name: event_id");
        }

        return new SourceDefinition
        {
            Name = name.Value,
            Location = name.Location,
            Description = reader.Prose("description"),
            Owner = reader.Prose("owner"),
            Tags = [.. (reader.Texts("tags") ?? []).Select(t => t.Value)],
            Topic = ReadTopic(reader),
            Columns = columns,
            Key = reader.Text("key"),
            EventTime = EventTimeReader.Read(reader),
            Freshness = ReadFreshness(reader),
            Dedup = DedupReader.Read(reader),
        };
    }

    private static TopicDefinition ReadTopic(MappingReader reader)
    {
        TopicDefinition topic = TopicReader.Read(reader.Mapping("advanced")?.Mapping("topic"));
        Said<string>? name = TopicReader.ReadName(reader, "topic");
        if (name is not null && topic.Name is not null)
        {
            reader.Diagnostics.Add(YamlDiagnostics.SaidTwice(topic.Name.Location, "advanced.topic.name", "topic"));
        }

        return topic with { Name = name ?? topic.Name };
    }

    private static FreshnessDefinition? ReadFreshness(MappingReader reader)
    {
        if (reader.Mapping("freshness") is not { } freshness)
        {
            return null;
        }

        Said<long>? warn = freshness.Duration("warn_after");
        Said<long>? error = freshness.Duration("error_after");
        if (freshness.Entry("max_lag_seconds") is not null)
        {
            if (error is not null)
            {
                Location at = freshness.KeyLocation("max_lag_seconds")!;
                freshness.Diagnostics.Add(YamlDiagnostics.SaidTwice(at, "max_lag_seconds", "error_after"));
            }

            error = freshness.DurationOf("max_lag_seconds", 1000);
        }

        if (warn is not null && error is not null && warn.Value > error.Value)
        {
            freshness.Diagnostics.Add(DefinitionDiagnostics.WarnAfterError(warn.Location, error.Location));
        }

        return warn is null && error is null
            ? null
            : new FreshnessDefinition(warn?.Value, error?.Value, freshness.Location);
    }
}
