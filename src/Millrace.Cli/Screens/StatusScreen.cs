using System.Globalization;
using System.Text.Json;

namespace Millrace.Cli.Screens;

/// <summary>
/// Shows a status as a person reads it: what is wrong first, then sources, models, exposures and the log.
/// </summary>
internal static class StatusScreen
{
    public static void Show(JsonElement status)
    {
        Console.Out.WriteLine($"{Text(status, "project")}: {Text(status, "state")}");
        if (status.GetProperty("fault").GetString() is { } fault)
        {
            Console.Out.WriteLine($"  {fault}");
            Console.Out.WriteLine($"  help: {Text(status, "advice")}");
        }

        JsonElement deployment = status.GetProperty("deployment");
        if (deployment.GetProperty("rebuilding") is { } models && models.GetArrayLength() > 0)
        {
            string names = string.Join(", ", models.EnumerateArray().Select(m => m.GetString()));
            Console.Out.WriteLine($"  rebuilding {names}: {Number(deployment, "records")} of "
                + $"{Number(deployment, "of")} records");
        }

        foreach (JsonElement condition in status.GetProperty("conditions").EnumerateArray())
        {
            string subject = $"{Text(condition, "subject")} {Text(condition, "check")}";
            Console.Out.WriteLine($"  {Text(condition, "health"),-8} {subject,-36} {Text(condition, "message")}");
        }

        Section("sources", status, s =>
            $"{Number(s, "records")} records, {Number(s, "bad")} bad, {Number(s, "duplicates")} duplicates, "
            + $"{Number(s, "per_minute")} a minute");
        Section("models", status, m =>
            $"{Number(m, "rows_out")} rows, {Number(m, "late")} late, {Number(m, "bad")} bad, "
            + $"{Number(m, "unmatched")} unmatched, {Number(m, "open_groups")} open groups, {Size(m, "state_bytes")}");
        Section("exposures", status, e =>
            $"{Number(e, "answers")} answers, p99 {Number(e, "p99_ms")} ms (promised {Number(e, "promised_p99_ms")}), "
            + $"{Number(e, "availability")} % available");
        JsonElement log = status.GetProperty("log");
        JsonElement engine = status.GetProperty("engine");
        Console.Out.WriteLine("log");
        Console.Out.WriteLine($"  position {Number(log, "committed_position")}, lag {Number(engine, "lag")}, "
            + $"commits p50 {Number(log, "commit_p50_ms")} ms, p99 {Number(log, "commit_p99_ms")} ms");
        ShowDurability(status);
    }

    private static void ShowDurability(JsonElement status)
    {
        JsonElement restart = status.GetProperty("restart");
        JsonElement recovery = status.GetProperty("recovery");
        JsonElement unusable = restart.GetProperty("unusable_snapshots");
        foreach (JsonElement line in recovery.EnumerateArray().Concat(unusable.EnumerateArray()))
        {
            Console.Out.WriteLine($"  at the start: {line.GetString()}");
        }

        foreach (JsonElement line in status.GetProperty("unreadable").EnumerateArray())
        {
            Console.Out.WriteLine($"  passed over: {line.GetString()}");
        }

        Console.Out.WriteLine($"  deployment {Number(status.GetProperty("deployment"), "number")}");
        string from = restart.GetProperty("snapshot").ValueKind == JsonValueKind.Number
            ? $"snapshot {Number(restart, "snapshot")}, at {Number(restart, "position")}"
            : "the beginning of the log";
        Console.Out.WriteLine($"  started from {from}; replayed {Number(restart, "replayed")} in "
            + $"{Number(restart, "replay_ms")} ms");
        JsonElement snapshots = status.GetProperty("snapshots");
        Console.Out.WriteLine(Number(snapshots, "taken") == "0"
            ? $"  no snapshot taken yet, {Number(snapshots, "failures")} failed"
            : $"  snapshot {Number(snapshots, "last")} at {Number(snapshots, "position")}, "
                + $"{Number(snapshots, "age_ms")} ms old, {Size(snapshots, "bytes")}, "
                + $"pauses between steps up to {Number(snapshots, "longest_pause_ms")} ms, "
                + $"{Number(snapshots, "failures")} failed");
        JsonElement retention = status.GetProperty("retention");
        Console.Out.WriteLine($"  the log begins at {Number(retention, "first_position")}; retention and compaction "
            + $"have removed {Size(retention, "removed_bytes")}, {Number(retention, "failures")} failed");
        JsonElement memory = status.GetProperty("memory");
        JsonElement disk = status.GetProperty("disk");
        Console.Out.WriteLine("room");
        Console.Out.WriteLine($"  memory {Size(memory, "used")} of {Size(memory, "limit")} "
            + $"(the process has {Size(memory, "process")}), "
            + $"disk {Size(disk, "free")} free, {Size(disk, "reserve")} of it kept back");
        string[] refused = [.. status.GetProperty("refused").EnumerateObject()
            .Where(r => r.Value.GetInt64() > 0).Select(r => $"{r.Value.GetInt64()} {r.Name}")];
        Console.Out.WriteLine($"  requests refused: {(refused.Length == 0 ? "none" : string.Join(", ", refused))}");
    }

    private static void Section(string name, JsonElement status, Func<JsonElement, string> line)
    {
        Console.Out.WriteLine(name);
        foreach (JsonElement item in status.GetProperty(name).EnumerateArray())
        {
            Console.Out.WriteLine($"  {Text(item, "name"),-24} {line(item)}");
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string Size(JsonElement element, string name)
    {
        JsonElement value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number
            ? (value.GetDouble() / 1048576).ToString("#,##0.#", CultureInfo.InvariantCulture) + " MiB"
            : "-";
    }

    private static string Number(JsonElement element, string name)
    {
        JsonElement value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("#,##0.##", CultureInfo.InvariantCulture)
            : "-";
    }
}
