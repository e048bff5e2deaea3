using System.Text;
using Millrace.Engine;
using Millrace.Hosting.Deployments;
using Millrace.Hosting.Graph;
using Millrace.Projects;

namespace Millrace.Simulation.Reference;

/// <summary>
/// The engine over the log's history in memory: no disk, no snapshot, no restart, steps of other sizes. What it yields
/// is what the topics must hold, byte for byte.
/// </summary>
internal sealed class UndisturbedRun : IStepOutput
{
    private readonly EngineGraph graph;
    private readonly StreamEngine engine;
    private readonly StepInput input;
    private readonly BadRowText text = new();
    private readonly Random random;
    private readonly List<LogEntry>[] step;
    private readonly Dictionary<string, int> sources = [];
    private readonly Dictionary<string, List<CausedRecord>[]> topics = [];
    private readonly Dictionary<string, string> names = [];
    private readonly IReadOnlySet<string> tables;

    /// <param name="project">The project.</param>
    /// <param name="random">Decides how large the steps are.</param>
    /// <param name="models">The models to compute, with all that they read; null for all.</param>
    public UndisturbedRun(CompiledProject project, Random random, IReadOnlyList<string>? models = null)
    {
        this.random = random;
        CompiledProject part = models is null ? project : Closure.Of(project, models);
        tables = Closure.TablesOf(part);
        graph = EngineGraphBuilder.Build(part, project);
        engine = new StreamEngine(graph, new SequentialWorkers(1 + random.Next(2)));
        input = new StepInput(graph);
        step = [.. graph.Sources.Select(_ => new List<LogEntry>())];
        foreach ((TopicSpec source, int i) in graph.Sources.Select((s, i) => (s, i)))
        {
            sources[project.FindTable(source.Name)!.Topic.Name] = i;
        }

        foreach (ModelSpec model in graph.Models)
        {
            CompiledTable table = project.FindTable(model.Name)!;
            names[model.Name] = table.Topic.Name;
            Add(table.Topic.Name, table.Topic.Partitions);
            Add(SideTopics.Late(model.Name), 1);
        }

        foreach (TopicSpec topic in graph.Topics)
        {
            Add(SideTopics.Bad(topic.Name), 1);
        }
    }

    /// <summary>The positions that are not there for it.</summary>
    public IReadOnlySet<int>? Gaps { get; init; }

    /// <summary>Everything below has been processed.</summary>
    public int Position { get; private set; }

    /// <summary>What was counted up to there.</summary>
    public EngineStatistics Statistics => engine.Statistics;

    /// <summary>By name: each partition's records.</summary>
    public IReadOnlyDictionary<string, List<CausedRecord>[]> Topics => topics;

    /// <summary>
    /// Goes on, as a project that takes over, with the state of the run before and of what was computed anew, both at
    /// one position. What does not fit is returned; then nothing can be done with this run.
    /// </summary>
    public IReadOnlyList<RefusedState> GoOn(UndisturbedRun before, UndisturbedRun? past, ProjectChanges changes)
    {
        Position = before.Position;
        return StateTransfer.Run(
            before.engine, past is null ? null : new RebuiltState(past.engine, past.tables), engine, changes,
            int.MaxValue, static () => { });
    }

    /// <summary>Processes the history up to a position.</summary>
    public void Follow(LogHistory history, long until)
    {
        while (Position < until)
        {
            int to = (int)Math.Min(until, Position + 1 + random.Next(300));
            Step(history, to);
            Position = to;
        }
    }

    /// <summary>The rows of a model's open windows.</summary>
    public IEnumerable<string> Live(string model)
    {
        OutputRows rows = engine.ReadAllLive(model);
        for (int i = 0; i < rows.Count; i++)
        {
            yield return Encoding.UTF8.GetString(rows.Value(i));
        }
    }

    void IStepOutput.Rows(ModelSpec model, OutputRows rows)
    {
        List<CausedRecord>[] topic = topics[names[model.Name]];
        for (int i = 0; i < rows.Count; i++)
        {
            string? key = rows.KeyLengths[i] < 0 ? null : Encoding.UTF8.GetString(rows.Key(i));
            topic[rows.Partitions[i]].Add(new CausedRecord(
                rows.Positions[i], new TopicRecord(rows.Timestamps[i], key, Encoding.UTF8.GetString(rows.Value(i)))));
        }
    }

    void IStepOutput.Bad(in BadRow row)
    {
        LogEntry? origin = row.Topic.IsSource && row.Record >= 0
            ? step[graph.IndexOfTopic(row.Topic.Name)][row.Record]
            : null;
        ReadOnlySpan<byte> value = text.Bad(row, origin?.Partition ?? -1, origin?.Offset ?? -1);
        topics[SideTopics.Bad(row.Topic.Name)][0].Add(new CausedRecord(
            row.Position, new TopicRecord(origin?.TimeMs ?? 0, null, Encoding.UTF8.GetString(value))));
    }

    void IStepOutput.Late(in LateRow row) => topics[SideTopics.Late(row.Model.Name)][0].Add(new CausedRecord(
        row.Position, new TopicRecord(row.WindowEnd, null, Encoding.UTF8.GetString(text.Late(row)))));

    private void Add(string topic, int partitions) =>
        topics[topic] = [.. Enumerable.Range(0, partitions).Select(_ => new List<CausedRecord>())];

    private void Step(LogHistory history, int to)
    {
        input.Clear();
        foreach (List<LogEntry> records in step)
        {
            records.Clear();
        }

        for (int position = Position; position < to; position++)
        {
            LogEntry entry = history[position];
            if (Gaps?.Contains(position) == true)
            {
                continue;
            }

            if (entry.IsTick)
            {
                input.Ticks.Add(new ClockTick(position, entry.TimeMs));
                continue;
            }

            if (sources.TryGetValue(entry.Topic!, out int source))
            {
                step[source].Add(entry);
                Append(input.Sources[source], entry, position);
            }
        }

        engine.Step(input, this);
    }

    private static void Append(TopicRecords records, LogEntry entry, int position)
    {
        byte[] key = Encoding.UTF8.GetBytes(entry.Key ?? "");
        if (entry.Value is null)
        {
            records.AppendTombstone(key, entry.TimeMs, entry.Partition, position);
        }
        else
        {
            byte[] value = Encoding.UTF8.GetBytes(entry.Value);
            records.Append(value, key, entry.Key is not null, entry.TimeMs, entry.Partition, position);
        }
    }
}
