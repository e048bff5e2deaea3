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
            $"{Number(s, "records")} records, {Number(s, "bad")} bad, {Number(s, "per_minute")} a minute");
        Section("models", status, m =>
            $"{Number(m, "rows_out")} rows, {Number(m, "late")} late, {Number(m, "bad")} bad, "
            + $"{Number(m, "unmatched")} unmatched, {Number(m, "open_groups")} open groups");
        Section("exposures", status, e =>
            $"{Number(e, "answers")} answers, p99 {Number(e, "p99_ms")} ms (promised {Number(e, "promised_p99_ms")}), "
            + $"{Number(e, "availability")} % available");
        JsonElement log = status.GetProperty("log");
        JsonElement engine = status.GetProperty("engine");
        Console.Out.WriteLine("log");
        Console.Out.WriteLine($"  position {Number(log, "committed_position")}, lag {Number(engine, "lag")}, "
            + $"commits p50 {Number(log, "commit_p50_ms")} ms, p99 {Number(log, "commit_p99_ms")} ms");
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

    private static string Number(JsonElement element, string name)
    {
        JsonElement value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("#,##0.##", CultureInfo.InvariantCulture)
            : "-";
    }
}
