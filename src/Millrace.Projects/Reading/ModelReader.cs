namespace Millrace.Projects;

/// <summary>Reads an item of <c>models:</c>.</summary>
internal static class ModelReader
{
    public static void Read(MappingReader reader, ProjectDefinition project)
    {
        if (NameReader.Read(reader, "a model") is not { } name)
        {
            return;
        }

        if (reader.Entry("from") is not null || reader.Entry("sink") is not null)
        {
            ReadSink(reader, name, project);
        }
        else if (reader.Scalar("sql") is { } sql)
        {
            project.Models.Add(ReadModel(reader, name, sql));
        }
        else
        {
            reader.Missing<object>($"model \"{name.Value}\"", "sql", "write its SELECT in a block: sql: |");
        }
    }

    private static ModelDefinition ReadModel(MappingReader reader, Said<string> name, YamlScalar sql)
    {
        MappingReader? advanced = reader.Mapping("advanced");
        MappingReader? flink = advanced?.Mapping("flink");
        return new ModelDefinition
        {
            Name = name.Value,
            Location = name.Location,
            Description = reader.Prose("description"),
            Owner = reader.Prose("owner"),
            Tags = [.. (reader.Texts("tags") ?? []).Select(t => t.Value)],
            Topic = TopicReader.Read(advanced?.Mapping("topic")),
            Columns = ColumnReader.Read(reader),
            Key = reader.Text("key"),
            EventTime = EventTimeReader.Read(reader),
            Sql = sql,
            Materialized = ReadMaterialized(reader),
            Flink = new FlinkDefinition(
                flink?.Int("parallelism")?.Value, flink?.PositiveDuration("checkpoint_interval", 1)?.Value),
        };
    }

    private static Said<string>? ReadMaterialized(MappingReader reader)
    {
        Said<string>? word = reader.OneOf("materialized", "topic", "flink", "sink", "virtual_topic");
        if (word is { Value: "virtual_topic" })
        {
            reader.Diagnostics.Add(YamlDiagnostics.NotSupportedYet(
                word.Location, "materialized: virtual_topic", "write topic, which is what a stateless SELECT becomes"));
        }
        else if (word is { Value: "sink" })
        {
            reader.Diagnostics.Add(DefinitionDiagnostics.SinkWithSql(word.Location));
        }

        return word;
    }

    private static void ReadSink(MappingReader reader, Said<string> name, ProjectDefinition project)
    {
        if (reader.KeyLocation("sql") is { } sql)
        {
            reader.Diagnostics.Add(DefinitionDiagnostics.SinkWithSql(sql));
        }

        project.SinkInputs.AddRange(reader.Texts("from") ?? []);
        reader.Diagnostics.Add(YamlDiagnostics.WithoutEffectYet(
            name.Location, name.Value, "it is a sink, and sinks are not run; its rows can be read over HTTP"));
        project.Sinks[name.Value] = name.Location;
    }
}
