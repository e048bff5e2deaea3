using System.Text.Json;
using Millrace.Hosting.Status;
using Millrace.Quality.Continuous;
using Millrace.Serving.Exposures;

namespace Millrace.Serving.Operations;

/// <summary>
/// The status as JSON: what <c>GET /v1/status</c> gives and <c>millrace status</c> shows. Times are epoch
/// milliseconds.
/// </summary>
internal static class StatusJson
{
    public static void Write(Utf8JsonWriter json, OperationalReading reading)
    {
        RuntimeStatus status = reading.Runtime;
        json.WriteStartObject();
        json.WriteString("project", reading.Project);
        json.WriteString("state", status.State.ToString().ToLowerInvariant());
        json.WriteString("fault", status.Fault);
        json.WriteString("advice", status.FaultStatus?.Advice);
        json.WriteNumber("now", status.NowMs);
        json.WriteNumber("started", status.StartedMs);
        json.WriteStartArray("recovery");
        foreach (string line in status.Recovery)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
        json.WriteStartArray("unreadable");
        foreach (string line in status.Unreadable)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
        WriteLog(json, status);
        WriteDeployment(json, status.Deployment);
        DurabilityJson.Write(json, reading);
        json.WriteStartArray("sources");
        foreach (SourceStatus source in status.Sources)
        {
            WriteSource(json, source, status.NowMs);
        }

        json.WriteEndArray();
        json.WriteStartArray("models");
        foreach (ModelStatus model in status.Models)
        {
            WriteModel(json, model);
        }

        json.WriteEndArray();
        WriteConditions(json, reading.Conditions);
        WriteExposures(json, reading.Exposures);
        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, RuntimeStatus status)
    {
        json.WriteStartObject("log");
        json.WriteNumber("committed_position", status.Log.CommittedPosition);
        json.WriteNumber("commits", status.Log.Commits);
        json.WriteNumber("commit_p50_ms", status.Log.CommitLatency.Quantile(0.5).TotalMilliseconds);
        json.WriteNumber("commit_p99_ms", status.Log.CommitLatency.Quantile(0.99).TotalMilliseconds);
        json.WriteNumber("queued_requests", status.Log.QueuedRequests);
        json.WriteNumber("queued_bytes", status.Log.QueuedBytes);
        json.WriteEndObject();
        json.WriteStartObject("engine");
        json.WriteNumber("position", status.Engine.Position);
        json.WriteNumber("lag", status.Engine.Lag);
        json.WriteNumber("steps", status.Engine.Steps);
        json.WriteNumber("busy_seconds", status.Engine.BusySeconds);
        json.WriteEndObject();
    }

    private static void WriteDeployment(Utf8JsonWriter json, DeploymentStatus deployment)
    {
        json.WriteStartObject("deployment");
        json.WriteNumber("number", deployment.Number);
        json.WriteStartArray("rebuilding");
        foreach (string model in deployment.Rebuilding)
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteNumber("records", deployment.Records);
        json.WriteNumber("of", deployment.Of);
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, SourceStatus source, long nowMs)
    {
        json.WriteStartObject();
        json.WriteString("name", source.Name);
        json.WriteString("topic", source.Topic);
        json.WriteNumber("partitions", source.Partitions);
        json.WriteNumber("records", source.Records);
        json.WriteNumber("bad", source.Bad);
        json.WriteNumber("tombstones", source.Tombstones);
        json.WriteNumber("duplicates", source.Duplicates);
        json.WriteNumber("state_bytes", source.StateBytes);
        json.WriteNumber("accepted", source.Accepted);
        json.WriteNumber("rejected", source.Rejected);
        json.WriteNumber("per_minute", source.PerMinute);
        json.WriteNumber("decode_fallbacks", source.DecodeFallbacks);
        WriteTime(json, "age_ms", nowMs - source.LastRecordMs);
        WriteTime(json, "watermark", source.WatermarkMs);
        WriteTime(json, "max_event_time", source.MaxEventTimeMs);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ModelStatus model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("topic", model.Topic);
        json.WriteNumber("rows_in", model.RowsIn);
        json.WriteNumber("rows_out", model.RowsOut);
        json.WriteNumber("late", model.Late);
        json.WriteNumber("bad", model.Bad);
        json.WriteNumber("unmatched", model.Unmatched);
        json.WriteNumber("late_versions", model.LateVersions);
        json.WriteNumber("open_windows", model.OpenWindows);
        json.WriteNumber("open_groups", model.OpenGroups);
        json.WriteNumber("versions", model.Versions);
        json.WriteNumber("state_bytes", model.StateBytes);
        json.WriteStartArray("operators");
        foreach (OperatorStatus @operator in model.Operators)
        {
            json.WriteStartObject();
            json.WriteString("name", @operator.Name);
            json.WriteString("kind", @operator.Kind);
            json.WriteNumber("rows", @operator.Rows);
            json.WriteNumber("state_bytes", @operator.StateBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("view_rows", model.ViewRows);
        json.WriteNumber("view_bytes", model.ViewBytes);
        json.WriteBoolean("view_complete", model.IsViewComplete);
        json.WriteNumber("per_minute", model.PerMinute);
        WriteTime(json, "watermark", model.WatermarkMs);
        WriteTime(json, "max_event_time", model.MaxEventTimeMs);
        json.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter json, IEnumerable<Condition> conditions)
    {
        json.WriteStartArray("conditions");
        foreach (Condition condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("subject", condition.Subject);
            json.WriteString("table", condition.Table);
            json.WriteString("check", condition.Check);
            json.WriteString("health", condition.Health.ToString().ToLowerInvariant());
            json.WriteString("message", condition.Message);
            json.WriteNumber("since", condition.SinceMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExposures(Utf8JsonWriter json, IEnumerable<ExposureMeter> exposures)
    {
        json.WriteStartArray("exposures");
        foreach (ExposureMeter meter in exposures)
        {
            json.WriteStartObject();
            json.WriteString("name", meter.Exposure.Name);
            json.WriteNumber("answers", meter.Latency.Count);
            json.WriteNumber("failed", meter.Failed);
            json.WriteNumber("p50_ms", meter.Latency.Quantile(0.5).TotalMilliseconds);
            json.WriteNumber("p99_ms", meter.Latency.Quantile(0.99).TotalMilliseconds);
            WriteNumber(json, "promised_p99_ms", meter.Exposure.Sla?.LatencyP99Ms);
            json.WriteNumber("availability", meter.AvailabilityPercent);
            WriteNumber(json, "promised_availability", meter.Exposure.Sla?.AvailabilityPercent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? value) => WriteNumber(json, name, value);

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
