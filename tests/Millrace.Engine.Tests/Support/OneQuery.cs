using System.Globalization;
using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Engine.Tests.Streams;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Support;

/// <summary>One model over one or two small tables, run to the end over records in order; times are seconds.</summary>
internal static class OneQuery
{
    private static readonly JsonDecodeOptions Lenient = new() { Timestamps = TimestampStandard.Lenient };

    /// <summary>A stream <c>t(name STRING, n INT, ts)</c> with a watermark on ts.</summary>
    public static TopicSpec Stream(double delaySeconds, SqlType? time = null, int partitions = 1) => new(
        "t",
        Schema(("name", SqlType.String), ("n", SqlType.Int), ("ts", time ?? Plan.WallTime)),
        partitions,
        IsSource: true)
    {
        Watermark = new WatermarkRule(2, (long)(delaySeconds * 1000)),
        Json = Lenient,
    };

    /// <summary>Versions <c>p(name STRING, v INT, valid_from)</c>.</summary>
    public static TopicSpec Versions(bool isLatestOnly = true) => new(
        "p", Schema(("name", SqlType.String), ("v", SqlType.Int), ("valid_from", Plan.WallTime)), 1, IsSource: true)
    {
        Versioning = new Versioning([0], 2, isLatestOnly),
        Json = Lenient,
    };

    public static RecordItem Row(string? name, double? second, int? n = 1, int partition = 0) =>
        new("t", Json(("name", Text(name)), ("n", Number(n)), ("ts", Number(second))), null, partition, 0);

    public static RecordItem Version(string? key, double? second, int? v, long timestamp = 0) =>
        new("p", Json(("name", Text(key)), ("v", Number(v)), ("valid_from", Number(second))), key, 0, timestamp);

    public static RecordItem Delete(string key, double second) => new("p", null, key, 0, (long)(second * 1000));

    public static StreamEngine EngineOf(PlanNode plan, EngineOptions options, params TopicSpec[] sources)
    {
        TopicSpec output = new("q", plan.Schema, 1, IsSource: false) { KeyColumn = 0 };
        EngineGraph graph = new([.. sources, output], [new ModelSpec("q", plan, "q")]);
        EngineOptions checkedOptions = options with { CheckProtocol = true, FewestRowsPerLane = 1 };
        return new StreamEngine(graph, new SequentialWorkers(2), checkedOptions);
    }

    public static StreamEngine EngineOf(PlanNode plan, params TopicSpec[] sources) =>
        EngineOf(plan, EngineOptions.Default, sources);

    /// <summary>Runs the items and gives everything out, in steps of three.</summary>
    public static Recorder Run(StreamEngine engine, params StreamItem[] items)
    {
        Recorder recorder = new();
        EngineDriver.Run(engine, items, stepSize: 3, recorder);
        return recorder;
    }

    private static Schema Schema(params (string Name, SqlType Type)[] columns) =>
        new([.. columns.Select(c => new SchemaColumn(c.Name, c.Type))]);

    private static string Json(params (string Name, string Value)[] fields) =>
        "{" + string.Join(",", fields.Select(f => $"\"{f.Name}\":{f.Value}")) + "}";

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Text(string? value) => value is null ? "null" : $"\"{value}\"";
}
