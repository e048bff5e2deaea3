using System.Text;

namespace Millrace.Projects;

/// <summary>A compiled project as text for a person.</summary>
internal static class ProjectText
{
    public static string Of(CompiledProject project)
    {
        StringBuilder text = new();
        text.Append("project ").Append(project.Name).Append("\n\n");
        Section(text, "sources", project.Sources, (t, s) => Source(t, s));
        Section(text, "models", project.Models, (t, m) => Model(t, m));
        Section(text, "tests", project.Tests, (t, test) => Test(t, test));
        Section(text, "exposures", project.Exposures, (t, exposure) => Exposure(t, exposure));
        Section(text, "inferred", InferenceGroup.Of(
            project.Inferences), (t, group) => t.Append("  ").Append(group).Append('\n'));
        return text.ToString();
    }

    private static void Section<T>(
        StringBuilder text, string title, IReadOnlyList<T> items, Action<StringBuilder, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.Append(title).Append('\n');
        foreach (T item in items)
        {
            write(text, item);
        }

        text.Append('\n');
    }

    private static void Source(StringBuilder text, CompiledSource source)
    {
        text.Append("  ").Append(source.Name).Append('\n');
        Table(text, source);
        if (source.Dedup is { } dedup)
        {
            string column = source.Columns[dedup.Column].Name;
            Line(text, "dedup", $"by {column} within {DurationText.Of(dedup.WindowMs)}");
        }

        if (source.Freshness is { } freshness)
        {
            string?[] parts = [Part(
                "warn after ", freshness.WarnAfterMs), Part("error after ", freshness.ErrorAfterMs)];
            Line(text, "freshness", string.Join(", ", parts.OfType<string>()));
        }
    }

    private static void Model(StringBuilder text, CompiledModel model)
    {
        text.Append("  ").Append(model.Name).Append(": ").Append(model.Materialization.ToString().ToLowerInvariant())
            .Append(", reads ").AppendJoin(", ", model.Inputs).Append('\n');
        Table(text, model);
    }

    private static void Table(StringBuilder text, CompiledTable table)
    {
        CompiledTopic topic = table.Topic;
        Line(text, "topic", $"{topic.Name}, {topic.Partitions} partition{(topic.Partitions == 1 ? "" : "s")}");
        if (TopicSettingsText.Of(topic.Settings) is { } kept)
        {
            Line(text, "keeps", kept);
        }

        Line(text, "key", table.KeyColumn is { } key ? table.Columns[key].Name : "none");
        Line(text, "event time", EventTime(table));
        if (table.Versioning is { } versions)
        {
            string time = versions.TimeColumn is { } column ? table.Columns[column].Name : "the record's timestamp";
            string by = string.Join(", ", versions.Key.Select(k => table.Columns[k].Name));
            string only = table.IsVersionedOnly ? "; holds back no stream" : "";
            Line(text, "versions", $"by {by}, valid from {time}{only}");
        }

        int width = table.Columns.Max(c => c.Name.Length);
        text.Append("    columns\n");
        foreach (CompiledColumn column in table.Columns)
        {
            text.Append("      ").Append(column.Name.PadRight(width)).Append("  ").Append(column.Type).Append('\n');
        }
    }

    private static string EventTime(CompiledTable table)
    {
        if (table.EventTime is not { } time)
        {
            return "none";
        }

        string idle = time.IdleAfterMs == 0 ? "never idle" : $"idle after {DurationText.Of(time.IdleAfterMs)}";
        string close = time.CloseWhenIdle
            ? "windows close by the clock when all is idle" : "windows wait for the next event";
        return $"{table.Columns[time.Column].Name}, watermark {DurationText.Of(time.DelayMs)} behind, {idle}, {close}";
    }

    private static void Test(StringBuilder text, TestDefinition test) =>
        text.Append(
            "  ").Append(test.Name).Append(": ").Append(test.Kind.ToString().ToLowerInvariant()).Append(" test of ")
            .Append(test.Table).Append(", ")
            .Append(test.Assertions.Count == 1 ? "1 assertion" : $"{test.Assertions.Count} assertions").Append('\n');

    private static void Exposure(StringBuilder text, ExposureDefinition exposure) =>
        text.Append(
            "  ").Append(exposure.Name).Append(": ").Append(ExposureKinds.NameOf(exposure.Kind)).Append(", reads ")
            .AppendJoin(", ", exposure.Consumes.Select(c => c.Name)).Append('\n');

    private static void Line(StringBuilder text, string label, string value) =>
        text.Append("    ").Append(label.PadRight(12)).Append(value).Append('\n');

    private static string? Part(string label, long? ms) => ms is { } value ? label + DurationText.Of(value) : null;
}
