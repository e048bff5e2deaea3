using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Simulation.Clients;
using Millrace.Simulation.Reference;
using Millrace.Simulation.Running;

namespace Millrace.Simulation.Checks;

/// <summary>
/// Compares what the status counts with what there is to count: over restarts with the topics and the undisturbed run,
/// since the start with the answers that clients got.
/// </summary>
internal static class CounterCheck
{
    /// <summary>Counts all that the log holds, of a process that has nothing to do.</summary>
    public static void All(SimulatedProcess process, LogHistory history, ExpectedTopics expected)
    {
        RuntimeStatus status = process.Status;
        Dictionary<string, long> records =
            expected.All().ToDictionary(t => t.Topic, t => t.Partitions.Sum(p => (long)p.Count));
        EngineStatistics counted = expected.Current!.Run.Statistics;
        foreach (SourceStatus source in status.Sources)
        {
            TopicStatistics undisturbed = counted.Topics.First(t => t.Topic.Name == source.Name);
            Same(source.Name, "bad", records[SideTopics.Bad(source.Name)], source.Bad);
            Same(source.Name, "records", undisturbed.Rows, source.Records);
            Same(source.Name, "duplicates", undisturbed.Duplicates, source.Duplicates);
            Same(source.Name, "deletions", undisturbed.Tombstones, source.Tombstones);
            Same(source.Name, "watermark", undisturbed.Watermark, source.WatermarkMs ?? long.MinValue);
            Same(source.Name, "greatest time", undisturbed.MaxEventTime, source.MaxEventTimeMs ?? long.MinValue);
            if (expected.Gapped == 0)
            {
                long read = Enumerable.Range(0, history.Count).Count(p => history[p].Topic == source.Topic);
                Same(source.Name, "records and duplicates", read, source.Records + source.Duplicates);
            }
        }

        foreach (ModelStatus model in status.Models)
        {
            ModelStatistics undisturbed = counted.Models.First(m => m.Model.Name == model.Name);
            Same(model.Name, "rows", records[model.Topic], model.RowsOut);
            Same(model.Name, "late", records[SideTopics.Late(model.Name)], model.Late);
            Same(model.Name, "rows read", undisturbed.RowsIn, model.RowsIn);
            Same(model.Name, "bad", undisturbed.Bad, model.Bad);
            Same(model.Name, "unmatched", undisturbed.Unmatched, model.Unmatched);
            Same(model.Name, "late versions", undisturbed.LateVersions, model.LateVersions);
            Same(model.Name, "open windows", undisturbed.OpenWindows, model.OpenWindows);
            Same(model.Name, "open groups", undisturbed.OpenGroups, model.OpenGroups);
            Same(model.Name, "versions", undisturbed.Versions, model.Versions);
        }
    }

    /// <summary>What a process has answered since it started.</summary>
    public static void Answers(RuntimeStatus status, IReadOnlyList<ClientRequest> requests)
    {
        (string Source, AppendResult Answer)[] answered =
        [
            .. from request in requests
               where request.Answer is { IsCompleted: true }
               select (request.Source, request.Answer!.Result),
        ];
        foreach (SourceStatus source in status.Sources)
        {
            AppendResult[] own = [.. answered.Where(a => a.Source == source.Name).Select(a => a.Answer)];
            Same(source.Name, "accepted", own.Sum(a => a.Accepted), source.Accepted);
            Same(source.Name, "rejected", own.Sum(a => a.Rejected.Count), source.Rejected);
        }

        int refused = answered.Count(a => a.Answer.Outcome is AppendOutcome.MemoryFull or AppendOutcome.DiskFull);
        Same("memory and disk", "refused", refused, status.Pressure.Refused);
    }

    /// <summary>What a process that is ready says of its start.</summary>
    /// <param name="restart">That.</param>
    /// <param name="journalled">Where the steps of the process before ended.</param>
    /// <param name="committed">Where the log did.</param>
    public static void Start(RestartStatus restart, long journalled, long committed)
    {
        long reached = restart.Position + restart.Replayed;
        Same("the start", "position and replayed", Math.Max(restart.Position, journalled), reached);
        reached += restart.CaughtUp;
        if (reached < committed)
        {
            throw new SimulationFailure($"the process was ready at position {reached}, the log went to {committed}");
        }
    }

    private static void Same(string what, string counter, long expected, long counted)
    {
        if (expected != counted)
        {
            throw new SimulationFailure($"{what}: {counter} is {counted}, not {expected}");
        }
    }
}
