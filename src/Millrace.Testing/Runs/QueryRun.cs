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
        EngineGraph graph = GraphOf(plan, tables, encoding);
        StreamEngine engine = new(graph, new SequentialWorkers(workers));
        RunResult result = new();
        StepInput input = new(graph);
        int position = 0;
        do
        {
            int end = Math.Min(records.Count, position + stepRecords);
            Fill(input, graph, records, position, end);
            engine.Step(input, result);
            position = end;
        }
        while (position < records.Count);
        return result;
    }

    /// <summary>One model that writes one topic, over the tables' topics.</summary>
    internal static EngineGraph GraphOf(
        PlanNode plan, IReadOnlyList<TestTable> tables, JsonEncodeOptions? encoding = null)
    {
        TopicSpec output = new(Name, plan.Schema, 1, IsSource: false) { Encoding = encoding ?? TopicFormat.Written };
        return new EngineGraph([.. tables.Select(t => t.Topic), output], [new ModelSpec(Name, plan, Name)]);
    }

    /// <summary>Makes records [from, to) a step, which ends the input when they are the last.</summary>
    internal static void Fill(
        StepInput input, EngineGraph graph, IReadOnlyList<TestRecord> records, int from, int to)
    {
        input.Clear();
        for (int position = from; position < to; position++)
        {
            Add(input, graph, records[position], position);
        }

        input.EndPosition = to == records.Count ? to : null;
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
