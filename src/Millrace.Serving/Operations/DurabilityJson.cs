using System.Text.Json;
using Millrace.Hosting.Status;

namespace Millrace.Serving.Operations;

/// <summary>
/// The parts of the status that tell how safe it is: the restart, snapshots, what was let go, what is scarce, what was
/// refused. Durations are in milliseconds, sizes in bytes.
/// </summary>
internal static class DurabilityJson
{
    public static void Write(Utf8JsonWriter json, OperationalReading reading)
    {
        WriteRestart(json, reading.Runtime.Restart);
        WriteSnapshots(json, reading.Runtime.Snapshots, reading.Runtime.NowMs);
        WriteRetention(json, reading.Runtime.Retention, reading.Runtime.NowMs);
        WritePressure(json, reading.Runtime.Pressure);
        json.WriteStartObject("refused");
        foreach ((string code, long count) in reading.Refused)
        {
            json.WriteNumber(code, count);
        }

        json.WriteEndObject();
    }

    private static void WriteRestart(Utf8JsonWriter json, RestartStatus restart)
    {
        json.WriteStartObject("restart");
        Number(json, "snapshot", restart.Snapshot);
        json.WriteNumber("position", restart.Position);
        Lines(json, "unusable_snapshots", restart.Unusable);
        Lines(json, "remarks", restart.Remarks);
        json.WriteNumber("replayed", restart.Replayed);
        json.WriteNumber("caught_up", restart.CaughtUp);
        json.WriteNumber("open_ms", restart.OpenMs);
        json.WriteNumber("restore_ms", restart.RestoreMs);
        json.WriteNumber("refill_ms", restart.RefillMs);
        json.WriteNumber("replay_ms", restart.ReplayMs);
        json.WriteNumber("catch_up_ms", restart.CatchUpMs);
        json.WriteEndObject();
    }

    private static void WriteSnapshots(Utf8JsonWriter json, SnapshotStatus snapshots, long nowMs)
    {
        json.WriteStartObject("snapshots");
        Number(json, "last", snapshots.Number);
        json.WriteNumber("position", snapshots.Position);
        json.WriteBoolean("full", snapshots.IsFull);
        json.WriteNumber("bytes", snapshots.Bytes);
        Number(json, "age_ms", nowMs - snapshots.TakenMs);
        json.WriteNumber("duration_ms", snapshots.DurationMs);
        json.WriteNumber("longest_pause_ms", snapshots.LongestPauseMs);
        json.WriteBoolean("under_way", snapshots.IsUnderWay);
        json.WriteNumber("taken", snapshots.Taken);
        json.WriteNumber("failures", snapshots.Failures);
        json.WriteString("last_failure", snapshots.LastFailure);
        json.WriteEndObject();
    }

    private static void WriteRetention(Utf8JsonWriter json, RetentionStatus retention, long nowMs)
    {
        json.WriteStartObject("retention");
        json.WriteNumber("removed_bytes", retention.RemovedBytes);
        json.WriteNumber("first_position", retention.FirstPosition);
        Number(json, "age_ms", nowMs - retention.LastMs);
        json.WriteNumber("failures", retention.Failures);
        json.WriteString("last_failure", retention.LastFailure);
        json.WriteEndObject();
    }

    private static void WritePressure(Utf8JsonWriter json, PressureStatus pressure)
    {
        json.WriteStartObject("memory");
        json.WriteNumber("used", pressure.MemoryUsedBytes);
        json.WriteNumber("limit", pressure.MemoryLimitBytes);
        json.WriteNumber("process", Environment.WorkingSet);
        json.WriteBoolean("full", pressure.IsMemoryFull);
        json.WriteEndObject();
        json.WriteStartObject("disk");
        Number(json, "free", pressure.DiskFreeBytes);
        json.WriteNumber("reserve", pressure.DiskReserveBytes);
        json.WriteBoolean("full", pressure.IsDiskFull);
        json.WriteBoolean("engine_paused", pressure.IsEnginePaused);
        json.WriteEndObject();
    }

    private static void Lines(Utf8JsonWriter json, string name, IReadOnlyList<string> lines)
    {
        json.WriteStartArray(name);
        foreach (string line in lines)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
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
