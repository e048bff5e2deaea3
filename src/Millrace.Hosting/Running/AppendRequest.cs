using Millrace.Hosting.Collecting;

namespace Millrace.Hosting.Running;

/// <summary>Records on their way to the log, and who waits for them.</summary>
internal sealed class AppendRequest(
    SourceIntake intake, CollectedRecords records, IReadOnlyList<RejectedRecord> rejected, long arrivedAt)
{
    private readonly TaskCompletionSource<AppendResult> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where they go.</summary>
    public SourceIntake Intake => intake;

    public CollectedRecords Records => records;

    /// <summary>When it came, in the clock's timestamps.</summary>
    public long ArrivedAt => arrivedAt;

    public int RejectedCount => rejected.Count;

    public Task<AppendResult> Answer => answer.Task;

    public void Commit(long endPosition)
    {
        int accepted = records.Count - rejected.Count;
        answer.TrySetResult(new AppendResult(AppendOutcome.Committed, accepted, rejected, endPosition));
    }

    public void Refuse(AppendOutcome outcome) => answer.TrySetResult(AppendResult.Refused(outcome));
}
