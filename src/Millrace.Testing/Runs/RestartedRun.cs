using Millrace.Engine;
using Millrace.Plans;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Runs;

/// <summary>
/// Runs one bound query as a process that is killed: at each given place a snapshot begins, is written in small slices
/// while the process goes on for a step, and the process dies; another one, with another number of workers, takes over
/// what was saved and goes on from there. Nothing of that may show in the result.
/// </summary>
public sealed class RestartedRun
{
    private const int LongestChain = 3;
    private const int SliceBytes = 64;

    private readonly EngineGraph graph;
    private readonly IReadOnlyList<TestRecord> records;
    private readonly StepInput input;
    private readonly List<ReadOnlyMemory<byte>> chain = [];
    private StreamEngine engine;
    private int restarts;

    private RestartedRun(PlanNode plan, IReadOnlyList<TestTable> tables, IReadOnlyList<TestRecord> records)
    {
        graph = QueryRun.GraphOf(plan, tables);
        this.records = records;
        input = new StepInput(graph);
        engine = NewEngine();
    }

    /// <param name="plan">The query.</param>
    /// <param name="tables">The tables that it reads.</param>
    /// <param name="records">Their records, in append order.</param>
    /// <param name="stepRecords">How many records a step takes, at most.</param>
    /// <param name="places">How many records come before each restart, ascending.</param>
    public static RunResult Run(
        PlanNode plan,
        IReadOnlyList<TestTable> tables,
        IReadOnlyList<TestRecord> records,
        int stepRecords,
        IReadOnlyList<int> places)
    {
        RestartedRun run = new(plan, tables, records);
        RunResult result = new();
        int position = 0;
        foreach (int place in places)
        {
            position = run.Go(position, place, stepRecords, result);
            run.Restart(position, stepRecords);
        }

        run.Go(position, records.Count, stepRecords, result);
        return result;
    }

    private int Go(int from, int to, int stepRecords, IStepOutput output)
    {
        do
        {
            int end = Math.Min(to, from + stepRecords);
            if (end > from || end == records.Count)
            {
                QueryRun.Fill(input, graph, records, from, end);
                engine.Step(input, output);
            }

            from = end;
        }
        while (from < to);
        return from;
    }

    private void Restart(int position, int stepRecords)
    {
        Blocks blocks = new();
        EngineSnapshot snapshot = engine.BeginSnapshot(restarts % LongestChain == 0, blocks);
        snapshot.Advance(SliceBytes);
        Go(position, Math.Min(records.Count, position + stepRecords), stepRecords, new RunResult());
        while (!snapshot.Advance(SliceBytes))
        {
        }

        if (snapshot.IsFull)
        {
            chain.Clear();
        }

        chain.AddRange(blocks.Written);
        restarts++;
        engine = NewEngine();
        RestoreReport report = engine.Restore(chain);
        if (report.Refused.Count > 0)
        {
            throw new InvalidOperationException($"the state does not fit its own query: {report.Refused[0].Reason}");
        }
    }

    private StreamEngine NewEngine() => new(graph, new SequentialWorkers(1 + (restarts % 3)));

    private sealed class Blocks : ISnapshotSink
    {
        public List<ReadOnlyMemory<byte>> Written { get; } = [];

        public void Write(ReadOnlySpan<byte> block) => Written.Add(block.ToArray());
    }
}
