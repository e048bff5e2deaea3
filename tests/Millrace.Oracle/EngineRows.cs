using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Engine;
using Millrace.Oracle.Evaluation;
using Millrace.Oracle.Inputs;
using Millrace.Plans;
using Millrace.Projects;

namespace Millrace.Oracle;

/// <summary>
/// What the engine writes for the seed's project, per model, as the oracle writes rows; and what came too late.
/// </summary>
internal sealed class EngineRows : IStepOutput
{
    private readonly Dictionary<string, List<string>> rows = [];
    private readonly Dictionary<string, int> late = [];

    public int Bad { get; private set; }

    public IReadOnlyList<string> this[string model] => rows.GetValueOrDefault(model) ?? [];

    public int Late(string model) => late.GetValueOrDefault(model);

    public static EngineRows Run(
        CompiledProject project, IReadOnlyList<InputRecord> records, int stepRecords, int workers)
    {
        EngineGraph graph = new(
            project.Sources.Select(s => Topic(s, true)).Concat(project.Models.Select(m => Topic(m, false))),
            project.Models.Select(m => new ModelSpec(m.Name, m.Plan, m.Name)));
        StreamEngine engine = new(graph, new SequentialWorkers(workers));
        EngineRows output = new();
        StepInput input = new(graph);
        for (int from = 0; from <= records.Count; from += stepRecords)
        {
            input.Clear();
            int to = Math.Min(records.Count, from + stepRecords);
            for (int i = from; i < to; i++)
            {
                Add(input, graph, records[i], i);
            }

            input.EndPosition = to == records.Count && from + stepRecords > records.Count ? records.Count : null;
            engine.Step(input, output);
        }

        return output;
    }

    void IStepOutput.Rows(ModelSpec model, OutputRows output)
    {
        if (!rows.TryGetValue(model.Name, out List<string>? list))
        {
            rows[model.Name] = list = [];
        }

        for (int i = 0; i < output.Count; i++)
        {
            list.Add(RowText.OfJson(Encoding.UTF8.GetString(output.Value(i)), "avg_product_price"));
        }
    }

    void IStepOutput.Bad(in BadRow row) => Bad++;

    void IStepOutput.Late(in LateRow row) => late[row.Model.Name] = late.GetValueOrDefault(row.Model.Name) + 1;

    private static void Add(StepInput input, EngineGraph graph, InputRecord record, int position)
    {
        string name = record.IsProduct ? "products" : "clickstream";
        TopicRecords topic = input.Sources[graph.Sources.ToList().FindIndex(t => t.Name == name)];
        topic.Append(Encoding.UTF8.GetBytes(record.Line), [], false, record.TimestampMs, 0, position);
    }

    private static TopicSpec Topic(CompiledTable table, bool isSource) =>
        new(table.Name, table.Schema, table.Topic.Partitions, isSource)
        {
            KeyColumn = table.KeyColumn ?? -1,
            Watermark = table.EventTime is { } time ? new WatermarkRule(time.Column, time.DelayMs) : null,
            Versioning = table.Versioning,
            Json = new JsonDecodeOptions { Timestamps = TimestampStandard.Lenient },
        };
}
