using System.Diagnostics;
using Millrace.Data.Json;
using Millrace.Engine;
using Millrace.Engine.Topics;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Inputs;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Storage.Records;

namespace Millrace.Hosting.Bounded;

/// <summary>
/// Runs a project over files, from their first record to the end of time, and writes files: the tool of tests,
/// backfills and comparisons. The same engine as a running project's, without a log: records take positions in the
/// order of the inputs, versioned sources first, and go to the partitions that their keys would go to.
/// </summary>
public sealed class BoundedRun
{
    private readonly CompiledProject project;
    private readonly BoundedRunOptions options;
    private readonly EngineGraph graph;
    private readonly BoundedFiles files;
    private readonly StreamEngine engine;
    private readonly StepInput step;
    private readonly RecordChunk chunk = new();
    private readonly long bytesTotal;
    private readonly long[] rows;
    private long bytesBefore;
    private long position;

    private BoundedRun(
        CompiledProject project, BoundedRunOptions options, BoundedFiles files, EngineGraph graph, IWorkers workers)
    {
        this.project = project;
        this.options = options;
        this.files = files;
        this.graph = graph;
        engine = new StreamEngine(graph, workers);
        step = new StepInput(graph);
        rows = new long[graph.Sources.Count];
        bytesTotal = options.Inputs.Sum(i => new FileInfo(i.Path).Length);
    }

    /// <summary>Runs to the end and returns what it did, which is in <c>summary.json</c> too.</summary>
    /// <exception cref="ArgumentException">An input does not fit the project; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static BoundedSummary Run(CompiledProject project, BoundedRunOptions options)
    {
        BoundedCheck.Require(project, options.Inputs);
        long start = options.Clock.GetTimestamp();
        EngineGraph graph = EngineGraphBuilder.Build(project);
        BoundedSummary summary;
        using (WorkerPool workers = new(options.Workers))
        using (BoundedFiles files = new(options.OutputFolder, graph))
        {
            BoundedRun run = new(project, options, files, graph, workers);
            run.ReadAll();
            summary = run.Summarize();
        }

        summary = summary with { Seconds = options.Clock.GetElapsedTime(start).TotalSeconds };
        File.WriteAllText(Path.Combine(options.OutputFolder, "summary.json"), summary.ToJson() + "\n");
        return summary;
    }

    private void ReadAll()
    {
        foreach (BoundedInput input in options.Inputs.OrderBy(i => SourceOf(i).Versioning is null))
        {
            Read(input);
        }

        step.Clear();
        step.EndPosition = position;
        engine.Step(step, files);
        Report(0);
    }

    private void Read(BoundedInput input)
    {
        CompiledSource source = SourceOf(input);
        int index = graph.IndexOfTopic(source.Name);
        RecordStamps stamps = new(source, input.TimestampColumn);
        using RecordReader reader = Open(input, source);
        while (chunk.Fill(reader, options.BatchRows))
        {
            rows[index] += chunk.Count;
            step.Clear();
            AddRecords(step.Sources[index], source, stamps, index);
            engine.Step(step, files);
            Report(reader.BytesRead);
        }

        bytesBefore += reader.BytesRead;
    }

    private RecordReader Open(BoundedInput input, CompiledSource source)
    {
        RecordReader reader = InputFile.Open(input.Path, input.Columns);
        return input.Map is { } map
            ? new MappedReader(reader, map, (in BadRow row) => files.BadOf(source.Name, row))
            : reader;
    }

    private void AddRecords(TopicRecords target, CompiledSource source, RecordStamps stamps, int index)
    {
        stamps.Decode(chunk.Buffer, chunk.Starts, chunk.Lengths);
        HashSet<int> faulty = [];
        foreach (BadRecord bad in stamps.FaultyTimestamps())
        {
            faulty.Add(bad.Record);
            files.BadOf(source.Name, new BadRow
            {
                Topic = graph.Sources[index],
                Reason = bad.Code,
                Message = bad.Message,
                Position = position + bad.Record,
                Original = chunk.Value(bad.Record),
            });
        }

        Span<byte> scratch = stackalloc byte[RawKey.MaxFixedLength];
        for (int i = 0; i < chunk.Count; i++, position++)
        {
            if (faulty.Contains(i))
            {
                continue;
            }

            bool hasKey = stamps.TryKey(i, scratch, out ReadOnlySpan<byte> key);
            int partition = hasKey
                ? Murmur2.Partition(key, source.Topic.Partitions)
                : (int)(position % source.Topic.Partitions);
            int keyStart = chunk.AddKey(key);
            int keyLength = hasKey ? key.Length : -1;
            target.Add(
                chunk.Starts[i], chunk.Lengths[i], keyStart, keyLength, stamps.Timestamp(i), partition, position);
        }

        target.Buffer = chunk.Buffer;
    }

    private CompiledSource SourceOf(BoundedInput input) => project.FindSource(input.Source)!;

    private void Report(long bytesRead) =>
        options.Progress(new BoundedProgress(rows.Sum(), Math.Min(bytesBefore + bytesRead, bytesTotal), bytesTotal));

    private BoundedSummary Summarize()
    {
        using Process process = Process.GetCurrentProcess();
        return new BoundedSummary
        {
            Project = project.Name,
            Rows = rows.Sum(),
            Seconds = 0,
            PeakMemoryBytes = process.PeakWorkingSet64,
            Workers = options.Workers,
            BatchRows = options.BatchRows,
            Sources = graph.Sources.Zip(rows).ToDictionary(
                s => s.First.Name, s => new BoundedSourceSummary(s.Second, files.BadCount(s.First.Name))),
            Models = engine.Statistics.Models.ToDictionary(
                m => m.Model.Name, m => new BoundedModelSummary(m.RowsIn, m.RowsOut, m.Late, m.Bad, m.Unmatched)),
        };
    }
}
