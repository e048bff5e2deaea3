using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>The watermark rules of topics, with what was decided for the user told.</summary>
internal sealed class EventTimes
{
    private const long DefaultIdleMs = 10_000;
    private readonly TypedProject project;
    private readonly VersionUses versions;
    private readonly InferenceLog log;

    public EventTimes(TypedProject project, VersionUses versions, InferenceLog log)
    {
        this.project = project;
        this.versions = versions;
        this.log = log;
    }

    public CompiledEventTime? Of(TableDeclaration table, TableDefinition definition)
    {
        if (definition.Watermark is not { } rule)
        {
            return null;
        }

        EventTimeDefinition said = table.EventTime;
        if (said.Column is null)
        {
            LogColumn(table, definition.Fields[rule.Column].Name);
        }

        LogDefaults(table.Name, said, rule.DelayMs);
        return new CompiledEventTime(
            rule.Column, rule.DelayMs, said.IdleAfterMs?.Value ?? DefaultIdleMs, said.CloseWhenIdle?.Value ?? true);
    }

    /// <summary>How a table's rows are versions; null when no query joins it AS OF.</summary>
    public Versioning? VersioningOf(TableDeclaration table, TableDefinition definition)
    {
        if (versions.Find(table.Name) is not { } use)
        {
            return null;
        }

        if (table.Key is null || table is ModelDefinition)
        {
            string key = string.Join(", ", use.Key.Select(k => definition.Fields[k].Name));
            log.Add(InferenceKind.VersionKey, table.Name, key, $"{use.Model} joins it AS OF by that", use.Location);
        }

        if (use.TimeColumn is null)
        {
            log.Add(
                InferenceKind.VersionTime, table.Name, "the record's timestamp",
                "it declares no event_time", use.Location);
        }

        return new Versioning(use.Key, use.TimeColumn);
    }

    private void LogColumn(TableDeclaration table, string column)
    {
        if (project.Times.UseOf(table.Name) is { } use)
        {
            log.Add(InferenceKind.TimeColumn, table.Name, column, $"it is used {use.Use}", use.Location);
        }
        else if (project.Plans.TryGetValue(table.Name, out PlanNode? plan))
        {
            ColumnSource? from = ColumnLineage.Of(plan).FirstOrDefault(c => c.Name == column)?.CopyOf;
            string reason = from is null ? "the query passes it on" : $"it is {from}, passed on";
            log.Add(InferenceKind.TimeColumn, table.Name, column, reason);
        }
    }

    private void LogDefaults(string table, EventTimeDefinition said, long delayMs)
    {
        if (said.DelayMs is null)
        {
            log.Add(InferenceKind.WatermarkDelay, table, DurationText.Of(delayMs), "nothing else is said");
        }

        if (said.IdleAfterMs is null)
        {
            log.Add(InferenceKind.IdleTimeout, table, DurationText.Of(DefaultIdleMs), "nothing else is said");
        }

        if (said.CloseWhenIdle is null)
        {
            log.Add(
                InferenceKind.CloseWhenIdle, table, "true",
                "nothing else is said; Flink would wait for the next event");
        }
    }
}
