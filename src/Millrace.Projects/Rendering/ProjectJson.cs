using System.Text.Json;

namespace Millrace.Projects;

/// <summary>A compiled project as JSON.</summary>
internal static class ProjectJson
{
    public static void Write(Utf8JsonWriter json, CompiledProject project)
    {
        json.WriteStartObject();
        json.WriteString("name", project.Name);
        JsonText.WriteOptional(json, "version", project.Version);
        JsonText.WriteOptional(json, "description", project.Description);
        WriteArray(json, "sources", project.Sources, WriteSource);
        WriteArray(json, "models", project.Models, WriteModel);
        WriteArray(json, "tests", project.Tests, WriteTest);
        WriteArray(json, "exposures", project.Exposures, WriteExposure);
        WriteArray(json, "inferences", project.Inferences, WriteInference);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSource(Utf8JsonWriter json, CompiledSource source)
    {
        WriteTable(json, source);
        if (source.Dedup is { } dedup)
        {
            json.WriteStartObject("dedup");
            json.WriteString("key", source.Columns[dedup.Column].Name);
            json.WriteNumber("window_ms", dedup.WindowMs);
            json.WriteEndObject();
        }

        if (source.Freshness is { } freshness)
        {
            json.WriteStartObject("freshness");
            JsonText.WriteOptional(json, "warn_after_ms", freshness.WarnAfterMs);
            JsonText.WriteOptional(json, "error_after_ms", freshness.ErrorAfterMs);
            json.WriteEndObject();
        }
    }

    private static void WriteModel(Utf8JsonWriter json, CompiledModel model)
    {
        WriteTable(json, model);
        json.WriteString("materialized", model.Materialization.ToString().ToLowerInvariant());
        JsonText.WriteStrings(json, "inputs", model.Inputs);
        JsonText.WriteOptional(json, "parallelism", (long?)model.Flink.Parallelism);
        JsonText.WriteOptional(json, "checkpoint_interval_ms", model.Flink.CheckpointIntervalMs);
    }

    private static void WriteTable(Utf8JsonWriter json, CompiledTable table)
    {
        json.WriteString("name", table.Name);
        JsonText.WriteLocation(json, table.Location);
        JsonText.WriteOptional(json, "description", table.Description);
        JsonText.WriteOptional(json, "owner", table.Owner);
        json.WriteString("topic", table.Topic.Name);
        json.WriteNumber("partitions", table.Topic.Partitions);
        WriteConfig(json, table.Topic);
        JsonText.WriteOptional(json, "key", table.KeyColumn is { } key ? table.Columns[key].Name : null);
        WriteEventTime(json, table);
        if (table.Versioning is { } versions)
        {
            json.WriteStartObject("versions");
            JsonText.WriteStrings(json, "key", versions.Key.Select(k => table.Columns[k].Name));
            JsonText.WriteOptional(json, "time", versions.TimeColumn is { } time ? table.Columns[time].Name : null);
            json.WriteBoolean("only", table.IsVersionedOnly);
            json.WriteEndObject();
        }

        WriteArray(json, "columns", table.Columns, WriteColumn);
    }

    private static void WriteConfig(Utf8JsonWriter json, CompiledTopic topic)
    {
        if (topic.Config.Count > 0)
        {
            json.WriteStartObject("config");
            foreach ((string name, string value) in topic.Config.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteEventTime(Utf8JsonWriter json, CompiledTable table)
    {
        if (table.EventTime is { } time)
        {
            json.WriteStartObject("event_time");
            json.WriteString("column", table.Columns[time.Column].Name);
            json.WriteNumber("max_out_of_orderness_ms", time.DelayMs);
            json.WriteNumber("idle_after_ms", time.IdleAfterMs);
            json.WriteBoolean("close_when_idle", time.CloseWhenIdle);
            json.WriteEndObject();
        }
    }

    private static void WriteColumn(Utf8JsonWriter json, CompiledColumn column)
    {
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type.ToString());
        JsonText.WriteOptional(json, "description", column.Description);
        JsonText.WriteOptional(json, "classification", column.Classification);
    }

    private static void WriteTest(Utf8JsonWriter json, TestDefinition test)
    {
        json.WriteString("name", test.Name);
        json.WriteString("table", test.Table);
        json.WriteString("type", test.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("assertions", test.Assertions.Count);
    }

    private static void WriteExposure(Utf8JsonWriter json, ExposureDefinition exposure)
    {
        json.WriteString("name", exposure.Name);
        json.WriteString("type", ExposureKinds.NameOf(exposure.Kind));
        JsonText.WriteStrings(json, "consumes", exposure.Consumes.Select(c => c.Name));
        JsonText.WriteOptional(json, "latency_p99_ms", exposure.Sla?.LatencyP99Ms);
        JsonText.WriteOptional(json, "availability", exposure.Sla?.AvailabilityPercent);
    }

    private static void WriteInference(Utf8JsonWriter json, Inference inference)
    {
        json.WriteString("kind", inference.Kind.ToString());
        json.WriteString("subject", inference.Subject);
        json.WriteString("value", inference.Value);
        json.WriteString("reason", inference.Reason);
        JsonText.WriteLocation(json, inference.Location);
    }
}
