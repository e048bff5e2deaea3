using Millrace.Engine;
using Millrace.Hosting.Views;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// The thread that steps: first replays what is journalled, with what is written suppressed; then takes what is
/// committed as soon as it is there. Between steps it answers reads and, while windows are open, asks for readings of
/// the clock.
/// </summary>
internal sealed class EngineLoop(
    DataFolder folder,
    StreamEngine engine,
    FolderTopics topics,
    StepFeed feed,
    StepSink sink,
    IReadOnlyList<ModelView> views,
    RuntimeOptions options) : IDisposable
{
    // After so long without a record a reading a second is enough: what is left to close is minutes away.
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SlowTick = TimeSpan.FromSeconds(1);

    // As much as a partition writes at once, and little enough to stay in the cache on its way through the models.
    private const int ReplayRecords = 1 << 13;

    private readonly AutoResetEvent signal = new(false);
    private readonly TimeProvider clock = options.Clock;
    private readonly StepSize size = new(options.StepTime);
    private readonly bool readsClock = engine.Graph.Topics.Any(t => t.IdleAfterMs is not null || t.CloseWhenIdle);
    private volatile bool isStopping;
    private volatile EngineReading reading = EngineReading.Take(engine, views, 0, 0, TimeSpan.Zero);
    private long position;
    private long steps;
    private TimeSpan stepping;
    private bool isChanged;
    private long lastRecordAt;
    private long lastTickAt;

    public BetweenSteps Between { get; } = new();

    /// <summary>Everything below has been processed; on the engine's thread.</summary>
    public long Position => position;

    /// <summary>
    /// What the engine had counted when last looked at, at most a tenth of a second behind its steps.
    /// </summary>
    public EngineReading Reading => reading;

    /// <summary>Asks the writer for a reading of the clock.</summary>
    public Action TickWanted { get; set; } = static () => { };

    /// <summary>Called once, when everything that was committed at the start has been processed.</summary>
    public Action CaughtUp { get; set; } = static () => { };

    public void Wake() => signal.Set();

    public void Stop()
    {
        isStopping = true;
        signal.Set();
    }

    /// <summary>Replays, then steps until <see cref="Stop"/> and everything committed has been processed.</summary>
    public void Run()
    {
        Between.Posted = Wake;
        long committed = folder.CommittedPosition;
        if (!TryReplay(folder.LastStepPosition) || !TryStepUntil(committed))
        {
            return;
        }

        TakeReading();
        lastRecordAt = lastTickAt = clock.GetTimestamp();
        CaughtUp();
        using ITimer timer = clock.CreateTimer(_ => Wake(), null, options.TickInterval, options.TickInterval);
        while (true)
        {
            Between.Run(position);
            if (TryStep(size.Records))
            {
                continue;
            }

            TakeReading();
            if (isStopping && position == folder.CommittedPosition)
            {
                return;
            }

            WantTick();
            signal.WaitOne();
        }
    }

    public void Dispose() => signal.Dispose();

    /// <summary>
    /// Journalled steps end at <paramref name="until"/>; what they wrote is there already but for a tail that a loss of
    /// power took. False when stopped before.
    /// </summary>
    private bool TryReplay(long until)
    {
        topics.ResumeAtStart();
        while (position < until)
        {
            if (isStopping || !feed.TryFill(ReplayRecords, until))
            {
                return false;
            }

            Step();
        }

        topics.CheckReplay();
        folder.CommitStep(position);
        return true;
    }

    private bool TryStepUntil(long committed)
    {
        while (position < committed)
        {
            if (isStopping || !TryStep(ReplayRecords))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryStep(int maxRecords)
    {
        if (!feed.TryFill(maxRecords))
        {
            return false;
        }

        long start = clock.GetTimestamp();
        long before = position;
        sink.NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Step();
        folder.CommitStep(position);
        TimeSpan duration = clock.GetElapsedTime(start);
        size.Note((int)(position - before), duration);
        stepping += duration;
        if (feed.Input.Ticks.Count < position - before)
        {
            lastRecordAt = start;
        }

        if (clock.GetElapsedTime(reading.TakenAt) > TimeSpan.FromMilliseconds(100))
        {
            TakeReading();
        }

        return true;
    }

    private void Step()
    {
        engine.Step(feed.Input, sink);
        position = feed.NextPosition;
        steps++;
        isChanged = true;
    }

    private void TakeReading()
    {
        if (isChanged)
        {
            isChanged = false;
            long now = clock.GetTimestamp();
            reading = EngineReading.Take(engine, views, position, steps, stepping) with { TakenAt = now };
        }
    }

    private void WantTick()
    {
        bool isBusy = clock.GetElapsedTime(lastRecordAt) < Busy;
        TimeSpan interval = isBusy || options.TickInterval > SlowTick ? options.TickInterval : SlowTick;
        if (readsClock && clock.GetElapsedTime(lastTickAt) >= interval
            && engine.Statistics.Models.Any(m => m.OpenWindows > 0))
        {
            lastTickAt = clock.GetTimestamp();
            TickWanted();
        }
    }
}
