namespace Millrace.Projects;

/// <summary>How a table's watermark goes on, for people and for comparison.</summary>
internal static class ProgressText
{
    public static string Of(CompiledTable table)
    {
        string key = table.KeyColumn is { } column ? $" by {table.Columns[column].Name}" : "";
        string partitions = Partitions(table.Topic) + key;
        if (table.EventTime is not { } time)
        {
            return $"no event time{PartText.Separator}{partitions}";
        }

        string idle = time.IdleAfterMs == 0 ? "never idle" : $"idle after {DurationText.Of(time.IdleAfterMs)}";
        string close = time.CloseWhenIdle ? "closes when idle" : "waits when idle";
        string delay = $"{table.Columns[time.Column].Name} {DurationText.Of(time.DelayMs)} behind";
        return string.Join(PartText.Separator, delay, idle, close, partitions);
    }

    public static string Partitions(CompiledTopic topic) =>
        $"{topic.Partitions} partition{(topic.Partitions == 1 ? "" : "s")}";

    /// <param name="table">The table.</param>
    /// <param name="rows">Which rows it has.</param>
    /// <param name="columns">What its columns are.</param>
    public static string Fingerprinted(CompiledTable table, string rows, IReadOnlyDictionary<string, Print> columns)
    {
        string time = table.EventTime is { } rule ? columns[table.Columns[rule.Column].Name].Deep : "";
        string key = table.KeyColumn is { } column ? columns[table.Columns[column].Name].Deep : "";
        return Fingerprint.Of(Of(table), rows, time, key);
    }
}
