using Millrace.Data.Json;
using Millrace.Engine;
using Millrace.Plans;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Runs;

/// <summary>
/// Runs one bound query over records that a test gives: cut into steps of a number of records, over a number of workers
/// (on the caller's thread), and to the end of the input. Neither number may change the result.
/// </summary>
public static class QueryRun
{
    private const string Name = "query";

    /// <param name="plan">The query.</param>
    /// <param name="tables">The tables that it reads.</param>
    /// <param name="records">Their records, in append order.</param>
    /// <param name="stepRecords">How many records a step takes.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="encoding">How the rows are written; null for the form of models' topics.</param>
    public static RunResult Run(
        PlanNode plan,
        IReadOnlyList<TestTable> tables,
        IReadOnlyList<TestRecord> records,
        int stepRecords,
        int workers,
        JsonEncodeOptions? encoding = null)
    {
        TopicSpec output = new(Name, plan.Schema, 1, IsSource: false) { Encoding = encoding ?? TopicFormat.Written };
        EngineGraph graph = new([.. tables.Select(t => t.Topic), output], [new ModelSpec(Name, plan, Name)]);
        StreamEngine engine = new(graph, new SequentialWorkers(workers));
        RunResult result = new();
        StepInput input = new(graph);
        int position = 0;
        do
        {
            input.Clear();
            int end = Math.Min(records.Count, position + stepRecords);
            for (; position < end; position++)
            {
                Add(input, graph, records[position], position);
            }

            input.EndPosition = position == records.Count ? position : null;
            engine.Step(input, result);
        }
        while (position < records.Count);
        return result;
    }

    private static void Add(StepInput input, EngineGraph graph, TestRecord record, int position)
    {
        if (record.ClockMs is { } clock)
        {
            input.Ticks.Add(new ClockTick(position, clock));
            return;
        }

        TopicRecords topic = input.Sources[IndexOf(graph, record.Table)];
        if (record.Value is null)
        {
            topic.AppendTombstone(record.Key ?? [], record.Timestamp, record.Partition, position);
        }
        else
        {
            topic.Append(
                record.Value, record.Key ?? [], record.Key is not null, record.Timestamp, record.Partition, position);
        }
    }

    private static int IndexOf(EngineGraph graph, string table)
    {
        for (int i = 0; i < graph.Sources.Count; i++)
        {
            if (graph.Sources[i].Name == table)
            {
                return i;
            }
        }

        throw new ArgumentException($"no table {table}", nameof(table));
    }
}
