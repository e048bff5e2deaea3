using System.Text;
using Millrace.Engine.Tests.Support;

namespace Millrace.Engine.Tests.Streams;

/// <summary>Runs an engine over a stream of items, cut into steps of a given size. An item's position is its
/// index.</summary>
internal static class EngineDriver
{
    public static Recorder Run(
        EngineGraph graph, IReadOnlyList<StreamItem> items, int stepSize, int workers, int rowsPerLane = 2048)
    {
        Recorder recorder = new();
        Run(Engine(graph, workers, rowsPerLane), items, stepSize, recorder);
        return recorder;
    }

    public static StreamEngine Engine(EngineGraph graph, int workers, int rowsPerLane = 2048) =>
        Engine(graph, new SequentialWorkers(workers), rowsPerLane);

    public static StreamEngine Engine(
        EngineGraph graph, IWorkers workers, int rowsPerLane = 2048, int restoreBytes = 1 << 20) => new(
        graph,
        workers,
        new EngineOptions
        {
            CheckProtocol = true,
            FewestRowsPerLane = 1,
            RowsPerLane = rowsPerLane,
            RestoreBytes = restoreBytes,
        });

    public static void Run(
        StreamEngine engine, IReadOnlyList<StreamItem> items, int stepSize, IStepOutput output, int firstPosition = 0)
    {
        StepInput input = new(engine.Graph);
        for (int from = 0; from < items.Count; from += stepSize)
        {
            input.Clear();
            for (int i = from; i < Math.Min(items.Count, from + stepSize); i++)
            {
                Add(engine.Graph, input, items[i], firstPosition + i);
            }

            engine.Step(input, output);
        }
    }

    private static void Add(EngineGraph graph, StepInput input, StreamItem item, long position)
    {
        switch (item)
        {
            case RecordItem { Value: null, Key: null } r:
                Source(graph, input, r).Add(0, -1, 0, -1, r.Timestamp, r.Partition, position);
                break;
            case RecordItem { Value: null } r:
                byte[] deleted = Encoding.UTF8.GetBytes(r.Key!);
                Source(graph, input, r).AppendTombstone(deleted, r.Timestamp, r.Partition, position);
                break;
            case RecordItem r:
                byte[] key = Encoding.UTF8.GetBytes(r.Key ?? "");
                byte[] value = Encoding.UTF8.GetBytes(r.Value);
                Source(graph, input, r).Append(value, key, r.Key is not null, r.Timestamp, r.Partition, position);
                break;
            case TickItem tick:
                input.Ticks.Add(new ClockTick(position, tick.ClockMs));
                break;
            case EndItem:
                input.EndPosition = position;
                break;
        }
    }

    private static TopicRecords Source(EngineGraph graph, StepInput input, RecordItem item)
    {
        int index = graph.Sources.ToList().FindIndex(s => s.Name == item.Source);
        return input.Sources[index];
    }
}
