using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Engine;
using Millrace.Plans;
using Millrace.Projects;

namespace Millrace.Hosting.Graph;

/// <summary>
/// Turns a compiled project into the graph that the engine runs. Topics have the names of their tables.
/// </summary>
internal static class EngineGraphBuilder
{
    /// <summary>How sources are read: times in whatever form people write them.</summary>
    public static JsonDecodeOptions SourceJson { get; } = new() { Timestamps = TimestampStandard.Lenient };

    public static EngineGraph Build(CompiledProject project) => Build(project, project);

    /// <param name="part">What the graph shall have.</param>
    /// <param name="whole">The project that it is a part of: what is a bad record there is one here.</param>
    public static EngineGraph Build(CompiledProject part, CompiledProject whole) => new(
        [
            .. part.Sources.Select(s => Topic(s, isSource: true) with { AlsoRead = ReadBy(whole, s) }),
            .. part.Models.Select(m => Topic(m, isSource: false)),
        ],
        part.Models.Select(m => new ModelSpec(m.Name, m.Plan, m.Name)));

    private static int[] ReadBy(CompiledProject project, CompiledSource source) =>
        [.. ColumnsRead.Of(project, source.Name).Select(c => source.Schema.IndexOf(c))];

    private static TopicSpec Topic(CompiledTable table, bool isSource) =>
        new(table.Name, table.Schema, table.Topic.Partitions, isSource)
        {
            KeyColumn = table.KeyColumn ?? -1,
            Watermark = table.EventTime is { } time ? new WatermarkRule(time.Column, time.DelayMs) : null,
            IdleAfterMs = table.EventTime is { IdleAfterMs: > 0 } rule ? rule.IdleAfterMs : null,
            CloseWhenIdle = table.EventTime?.CloseWhenIdle ?? false,
            Versioning = table.Versioning,
            Dedup = table is CompiledSource { Dedup: { } dedup } ? new DedupRule(dedup.Column, dedup.WindowMs) : null,
            Json = isSource ? SourceJson : JsonDecodeOptions.Default,
        };
}
