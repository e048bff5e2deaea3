using Millrace.Hosting.Collecting;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Replaying;

/// <summary>
/// Posts the records of a <c>source$bad</c> again that the source's columns can read by now. Each posted record carries
/// the name of its row as a header, committed with it: whatever happens, a row is posted once. What still can't be read
/// is not posted, so nothing becomes bad twice. Thread-safe; one replay at a time.
/// </summary>
internal sealed class BadReplay(RuntimeCore core)
{
    private const int ChunkRows = 500;
    private const int ChunkBytes = 1 << 20;
    private const int MaxExamples = 5;

    private readonly SemaphoreSlim gate = new(1);

    public async Task<ReplayAnswer> RunAsync(ReplayRequest request)
    {
        ProjectRun run = core.Engine.Run;
        int index = run.Intakes.TakeWhile(i => SideTopics.Bad(i.Source.Name) != request.From).Count();
        if (index == run.Intakes.Count)
        {
            return new ReplayAnswer(ReplayOutcome.NotReplayable, Problem(run, request.From));
        }

        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            return await RunAsync(request, run.Intakes[index], run.Topics.Bad[index].Topic).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<ReplayAnswer> RunAsync(ReplayRequest request, SourceIntake intake, TopicLog bad)
    {
        ReplayJournal journal = new(core.Options.Disk, core.Options.DataFolder, bad.Name, intake.Topic);
        if (journal.HasForgotten && !request.IsAgain)
        {
            return new ReplayAnswer(ReplayOutcome.Forgotten,
                $"the topic {intake.Topic.Name} has dropped records since the last replay, so it is not known which "
                    + "rows were posted before; --again posts all of them");
        }

        journal.Update(isSaved: !request.IsDryRun);
        RebuiltReaders readers = RebuiltReaders.Of(core, intake.Source.Name);
        ReplayAnswer answer = await PostAsync(request, intake, bad, journal, readers).ConfigureAwait(false);
        if (answer.Posted > 0 && !request.IsDryRun)
        {
            journal.Update(isSaved: true);
        }

        return answer;
    }

    private async Task<ReplayAnswer> PostAsync(
        ReplayRequest request, SourceIntake intake, TopicLog bad, ReplayJournal journal, RebuiltReaders readers)
    {
        PartitionReader reader = bad.Partitions[0].OpenReader(Math.Max(request.SinceOffset, 0));
        ReplayAnswer answer = new(ReplayOutcome.Done) { NextOffset = request.SinceOffset };
        for (int looked = 0; looked < request.Limit && !answer.IsAtEnd && answer.Outcome == ReplayOutcome.Done;)
        {
            ReplayChunk chunk = new(bad.Name);
            long next = answer.NextOffset;
            while (chunk.Count < ChunkRows && chunk.Bytes < ChunkBytes && looked < request.Limit)
            {
                if (!reader.MoveNext())
                {
                    answer = answer with { IsAtEnd = true };
                    break;
                }

                next = reader.Offset + 1;
                if (IsAsked(request, reader))
                {
                    looked++;
                    answer = Take(reader, journal, request, chunk, answer);
                }
            }

            if (!request.IsAgain && chunk.RemoveReadable(intake, readers.Below) is > 0 and int rebuilt)
            {
                answer = answer with { Rebuilt = answer.Rebuilt + rebuilt, RebuiltWithout = readers.Without };
            }

            answer = await PostAsync(chunk, intake, request, answer).ConfigureAwait(false);
            answer = answer.Outcome == ReplayOutcome.Done ? answer with { NextOffset = next } : answer;
        }

        return answer;
    }

    private static ReplayAnswer Take(
        PartitionReader reader, ReplayJournal journal, ReplayRequest request, ReplayChunk chunk, ReplayAnswer answer)
    {
        BadRecord row = BadRecord.Parse(reader.Value.Bytes);
        if (row.Model is not null)
        {
            return answer with { OfModels = answer.OfModels + 1 };
        }

        if (journal.Replayed.Contains(reader.Offset) && !request.IsAgain)
        {
            return answer with { Before = answer.Before + 1 };
        }

        chunk.Add(reader.Offset, reader.Timestamp, row, request.Mended?[reader.Offset] ?? row.Original);
        return answer;
    }

    private static bool IsAsked(ReplayRequest request, PartitionReader row) =>
        (request.SinceMs is not { } since || row.Timestamp >= since)
        && (request.Mended is not { } mended || mended.ContainsKey(row.Offset));

    private async Task<ReplayAnswer> PostAsync(
        ReplayChunk chunk, SourceIntake intake, ReplayRequest request, ReplayAnswer answer)
    {
        List<RejectedRecord> rejected = [];
        CollectedRecords records = chunk.Collect(intake, rejected);
        ReplayAnswer counted = answer with
        {
            Posted = answer.Posted + records.Count,
            StillBad = answer.StillBad + rejected.Count,
            Examples = [.. answer.Examples.Concat(rejected).Take(MaxExamples)],
        };
        if (request.IsDryRun || records.Count == 0)
        {
            return counted;
        }

        AppendResult result = await core.Append(intake, records).ConfigureAwait(false);
        return result.Outcome == AppendOutcome.Committed
            ? counted
            : answer with { Outcome = ReplayOutcome.Refused, Refusal = result.Outcome, IsAtEnd = false };
    }

    private static string Problem(ProjectRun run, string from)
    {
        string replayable = string.Join(", ", run.Intakes.Select(i => SideTopics.Bad(i.Source.Name)));
        return run.Graph.Models.Any(m => SideTopics.Bad(m.Name) == from)
            ? $"{from} holds rows of a model, which are in the log already: when the model that fails on them is "
                + $"mended, it is built anew from the log, and they with it; to post again there are: {replayable}"
            : $"there are no bad records in {from}; there are: {replayable}";
    }
}
