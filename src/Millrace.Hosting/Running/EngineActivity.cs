using Millrace.Hosting.Pressure;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// Steps: first replays what is journalled, with what is written suppressed; then takes what is committed as soon as it
/// is there. Between steps, and within long ones, it answers reads; while windows are open, it asks for readings of the
/// clock. While the disk is full it waits: reads are answered, steps are not taken.
/// </summary>
internal sealed class EngineActivity(
    DataFolder folder, ProjectRun first, PressureGauge pressure, RuntimeOptions options) : IActivity
{
    // After so long without a record a reading a second is enough: what is left to close is minutes away.
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SlowTick = TimeSpan.FromSeconds(1);

    /// <summary>
    /// So many steps are committed together while a start catches up: a partition then writes more at once, and what
    /// it writes costs the system less. Later each is: who sends events, and waits until they are seen, sends the next
    /// meanwhile.
    /// </summary>
    public const int StepsTogether = 4;

    // Little enough to stay in the cache on its way through the models.
    private const int ReplayRecords = 1 << 13;

    private readonly TimeProvider clock = options.Clock;
    private readonly StepSize size = new(options.StepTime, options.MaxStepRecords);
    private readonly long committedAtStart = folder.CommittedPosition;
    private readonly long journalled = folder.LastStepPosition;
    private readonly List<IInterlude> interludes = [];
    private volatile ProjectRun run = first;
    private volatile RestartStatus restart = new();
    private IReadOnlyList<ViewRefill> refills = [];
    private Action? answerReads;
    private EnginePhase phase = EnginePhase.Beginning;
    private long steps;
    private TimeSpan stepping;
    private int uncommitted;
    private bool isCommitOwed;
    private bool isChanged;
    private long phaseAt;
    private long phasePosition;
    private long lastRecordAt;
    private long lastTickAt;

    public string Name => "engine";

    public TimeSpan AskedEvery => options.TickInterval;

    public Action Woken { get; set; } = static () => { };

    public BetweenSteps Between { get; } = new();

    /// <summary>What runs now. Any thread may ask.</summary>
    public ProjectRun Run => run;

    /// <summary>How it came to where the process before it had been. Any thread may ask.</summary>
    public RestartStatus Restart => restart;

    /// <summary>What is done between two steps; set before the first run.</summary>
    public IList<IInterlude> Interludes => interludes;

    /// <summary>Brings a fresh run to where it can go on; set before the first run.</summary>
    public Func<ProjectRun, StartReport> Start { get; set; } = static run => new StartReport(run, new(), []);

    /// <summary>Asks the writer for a reading of the clock.</summary>
    public Action TickWanted { get; set; } = static () => { };

    /// <summary>Called once, when everything that was committed at the start has been processed.</summary>
    public Action CaughtUp { get; set; } = static () => { };

    /// <summary>Takes a step, if there is anything to process.</summary>
    public bool TryRunOnce()
    {
        switch (phase)
        {
            case EnginePhase.Beginning:
                Begin();
                return true;
            case EnginePhase.Replaying or EnginePhase.CatchingUp when !HasRoom():
                return false;
            case EnginePhase.Replaying:
                return TryReplay();
            case EnginePhase.CatchingUp:
                CatchUp();
                return true;
            default:
                return TryRun();
        }
    }

    /// <summary>Puts another run in the place of the one before, at the same position; between steps.</summary>
    public void Replace(ProjectRun next)
    {
        if (next.Position != run.Position)
        {
            throw new InvalidOperationException("not at the position of the run that is to be replaced");
        }

        run = next;
        isChanged = true;
        TakeReading();
    }

    /// <summary>No read is answered, no position reached any more.</summary>
    public void End()
    {
        foreach (IInterlude interlude in interludes)
        {
            interlude.End();
        }

        Between.Close();
    }

    private void Begin()
    {
        Between.Posted = () => Woken();
        answerReads = Between.Answer;
        StartReport start = Start(run);
        run = start.Run;
        restart = start.Status;
        refills = start.Refills;
        Enter(EnginePhase.Replaying);
    }

    /// <summary>
    /// Journalled steps end at a position; what they wrote is there already but for a tail that a loss of power took.
    /// </summary>
    private bool TryReplay()
    {
        if (run.Position < journalled)
        {
            if (!run.TryStep(ReplayRecords, journalled))
            {
                throw new InvalidOperationException("a step was journalled before its inputs");
            }

            NoteStep();
            foreach (ViewRefill refill in refills)
            {
                refill.NoteStep();
            }

            return true;
        }

        run.Topics.CheckReplay();
        if (!TryCommit())
        {
            return false;
        }

        EndReplay();
        return true;
    }

    private void EndReplay()
    {
        long start = clock.GetTimestamp();
        run.EndReplay();
        options.RunParts(refills.Count, i => refills[i].Run());
        refills = [];
        restart = restart with
        {
            ReplayMs = clock.GetElapsedTime(phaseAt, start).TotalMilliseconds,
            Replayed = run.Position - phasePosition,
            RefillMs = clock.GetElapsedTime(start).TotalMilliseconds,
        };
        Enter(EnginePhase.CatchingUp);
    }

    private void CatchUp()
    {
        bool hasStepped = run.Position < committedAtStart
            && TryStep(Math.Min(ReplayRecords, options.MaxStepRecords), StepsTogether);
        if (hasStepped || (uncommitted > 0 && !TryCommit()))
        {
            return;
        }

        restart = restart with
        {
            CatchUpMs = clock.GetElapsedTime(phaseAt).TotalMilliseconds,
            CaughtUp = run.Position - phasePosition,
        };
        Enter(EnginePhase.Running);
        isChanged = true;
        TakeReading();
        lastRecordAt = lastTickAt = clock.GetTimestamp();
        CaughtUp();
    }

    private bool TryRun()
    {
        Between.Run(run.Position);
        bool hasStepped = HasRoom() && TryStep(size.Records, together: 1);
        bool hasAdvanced = false;
        if (isCommitOwed)
        {
            return false;
        }

        foreach (IInterlude interlude in interludes)
        {
            hasAdvanced |= interlude.TryAdvance(run, isIdle: !hasStepped);
        }

        if (!hasStepped)
        {
            TakeReading();
            WantTick();
        }

        return hasStepped || hasAdvanced;
    }

    private void Enter(EnginePhase next)
    {
        phase = next;
        phaseAt = clock.GetTimestamp();
        phasePosition = run.Position;
    }

    private bool TryStep(int maxRecords, int together)
    {
        long start = clock.GetTimestamp();
        long before = run.Position;
        if (!run.TryStep(
            maxRecords, nowMs: clock.GetUtcNow().ToUnixTimeMilliseconds(), answerReads: answerReads))
        {
            return false;
        }

        uncommitted++;
        if (uncommitted == together || run.Position - before < maxRecords)
        {
            TryCommit();
        }

        NoteStep();
        TimeSpan duration = clock.GetElapsedTime(start);
        size.Note((int)(run.Position - before), duration);
        stepping += duration;
        if (run.LastTicks < run.Position - before)
        {
            lastRecordAt = start;
        }

        if (clock.GetElapsedTime(run.Reading.TakenAt) > TimeSpan.FromMilliseconds(100))
        {
            TakeReading();
        }

        return true;
    }

    // What steps gave is kept until there is room for it; until then there is no other step.
    private bool TryCommit()
    {
        try
        {
            folder.CommitStep(run.Position);
            uncommitted = 0;
            isCommitOwed = false;
        }
        catch (DiskFullFault)
        {
            isCommitOwed = true;
            pressure.NoteExhausted();
        }

        return !isCommitOwed;
    }

    private bool HasRoom() => !pressure.IsDiskExhausted && (!isCommitOwed || TryCommit());

    private void NoteStep()
    {
        steps++;
        isChanged = true;
    }

    private void TakeReading()
    {
        if (isChanged)
        {
            isChanged = false;
            run.Reading = EngineReading.Take(run, steps, stepping, clock.GetTimestamp());
        }
    }

    private void WantTick()
    {
        bool isBusy = clock.GetElapsedTime(lastRecordAt) < Busy;
        TimeSpan interval = isBusy || options.TickInterval > SlowTick ? options.TickInterval : SlowTick;
        if (run.ReadsClock && clock.GetElapsedTime(lastTickAt) >= interval
            && run.Engine.Statistics.Models.Any(m => m.OpenWindows > 0))
        {
            lastTickAt = clock.GetTimestamp();
            TickWanted();
        }
    }
}
