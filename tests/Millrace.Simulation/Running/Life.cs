using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Simulation.Checks;
using Millrace.Simulation.Clients;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using static System.StringComparison;

namespace Millrace.Simulation.Running;

/// <summary>One process, from its start to whatever ends it: what it does, and when, is drawn.</summary>
internal sealed class Life
{
    private const int MostPieces = 100_000;
    private readonly World world;
    private readonly SimulatedProcess process;
    private readonly List<(string Model, Task<ViewCapture> Rows)> asked = [];
    private readonly Stack<IActivity> running = [];
    private readonly int requestsBefore;
    private readonly long journalled;
    private readonly long committed;
    private StorageFault? fault;
    private long? flushedTo;

    private Life(World world, SimulatedProcess process)
    {
        this.world = world;
        this.process = process;
        requestsBefore = world.Account.Count;
        (journalled, committed) = (process.Folder.LastStepPosition, process.Folder.CommittedPosition);
    }

    private Random Random => world.Random;

    /// <summary>Starts a process and compares what it finds.</summary>
    public static Life Begin(World world)
    {
        int workers = 1 + world.Random.Next(3);
        world.Trace.Note($"start, {workers} workers");
        world.Preview();
        SimulatedProcess process = SimulatedProcess.Start(world.Project, world.Options(world.Disk), workers);
        world.Recovered(process.Folder);
        Life life = new(world, process);
        world.Disk.Meanwhile = life.Meanwhile;
        return life;
    }

    /// <summary>Does so many things.</summary>
    public void Go(int actions)
    {
        for (int i = 0; i < actions; i++)
        {
            switch (Random.Next(20))
            {
                case < 9:
                    Run(process.Activities[Random.Next(process.Activities.Count)]);
                    break;
                case < 14:
                    Send();
                    break;
                case < 16:
                    PassTime();
                    break;
                case 16:
                    Drain();
                    break;
                case 17:
                    Ask();
                    break;
                case 18 when world.Scenario.IsTight && Random.Next(2) == 0:
                    Press();
                    break;
                case 19 when Random.Next(4) == 0:
                    world.Trace.Note("check");

                    // The writer may have had a go within a piece of another, which then failed.
                    Observe(process.Folder);
                    world.CheckTopics(process.Folder, isComplete: false);
                    break;
            }
        }
    }

    /// <summary>Lets the process do all there is to do, and compares everything.</summary>
    public void Finish()
    {
        Drain();
        Require(process.IsReady, "the process has nothing to do and is not ready");
        Require(process.Status.Restart.Unusable.Count == 0, string.Join("; ", process.Status.Restart.Unusable));
        Require(process.IsDeployed, "the changed project does not take over");
        Require(process.Position == world.History.Count, $"it has come to {process.Position} only");
        world.CheckTopics(process.Folder, isComplete: true);
        ViewCheck.All(process, world.Expected);
        CounterCheck.All(process, world.History, world.Expected);
        CounterCheck.Start(process.Status.Restart, journalled, committed);
    }

    /// <summary>Counts what it has done.</summary>
    public void AddTo(RunFigures figures)
    {
        CounterCheck.Answers(process.Status, world.Account.After(requestsBefore));
        figures.Restored += process.Status.Restart.Snapshot is null ? 0 : 1;
        figures.Snapshots += (int)process.Status.Snapshots.Taken;
    }

    /// <summary>Ends as on SIGTERM.</summary>
    public void Stop()
    {
        world.Trace.Note("stop");
        world.Disk.Meanwhile = null;
        process.Stop();
        using (DataFolder left = DataFolder.OpenReadOnly(world.Disk, World.Folder))
        {
            Observe(left);
        }

        world.Synced(world.History.Count);
        process.Abandon();
    }

    /// <summary>Ends as on SIGKILL, between two operations of the disk.</summary>
    public void Abandon()
    {
        world.Trace.Note("killed between operations");
        process.Abandon();
    }

    /// <summary>Ends as a process does that meets a fault.</summary>
    public void Fail(StorageFault fault)
    {
        world.Trace.Note("fault: " + fault.Message);
        world.Disk.Meanwhile = null;
        process.Fail(fault);
        process.Abandon();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationFailure(otherwise);
        }
    }

    private bool Run(IActivity activity)
    {
        long before = process.Folder.CommittedPosition;
        bool hasRun = TryRunOnce(activity);
        if (fault is not null)
        {
            throw fault;
        }

        if (hasRun)
        {
            world.Trace.Note($"{activity.Name}: {process.Folder.CommittedPosition}, {process.Position}");
            Observe(process.Folder);
            if (activity == process.Flush)
            {
                NoteFlush(before);
            }
        }

        return hasRun;
    }

    // What was committed when the flush began; one that a snapshot's came between began later.
    private void NoteFlush(long before)
    {
        flushedTo ??= before;
        if (!process.Flush.IsFlushing)
        {
            world.Synced(flushedTo.Value);
            flushedTo = null;
        }
    }

    private bool TryRunOnce(IActivity activity)
    {
        running.Push(activity);
        try
        {
            return activity.TryRunOnce();
        }
        finally
        {
            running.Pop();
        }
    }

    // Another thread may do something while one waits for the disk: in these operations nobody holds a lock that the
    // committer and the engine take. A fault of that other thread is its own; this one goes on until it ends too.
    private void Meanwhile(string operation, string path)
    {
        bool isOpen = operation is "write" or "sync" && !path.StartsWith(World.Folder + "/ledger", Ordinal);
        if (!isOpen || running.Count is 0 or > 1 || fault is not null || Random.Next(16) > 0)
        {
            return;
        }

        // A change of the project waits for the committer, which has to go on for that.
        IActivity other = Random.Next(2) == 0 ? process.Writer : process.Engine;
        if (running.Contains(other) || (other == process.Engine && !process.IsDeployed))
        {
            return;
        }

        try
        {
            world.Trace.Note($"while {running.Peek().Name} waits for {path}, {other.Name} has a go");
            bool hasRun = TryRunOnce(other);
            world.Trace.Note($"{other.Name} {hasRun}");
        }
        catch (StorageFault e)
        {
            fault = e;
            process.Note(e);
        }
    }

    private void Observe(DataFolder folder)
    {
        world.History.ReadOn(folder);
        world.Account.ReadAnswers();
        bool hasChanged = world.NoteDeployment(folder);
        foreach ((string model, Task<ViewCapture> rows) in asked.Where(a => a.Rows.IsCompleted))
        {
            ViewAnswer answer = rows.Result.Answer(ViewCheck.AllRows);
            if (answer.Outcome == ViewOutcome.Answered && !hasChanged
                && world.Expected.Follow(world.History, answer.Position))
            {
                ViewCheck.Same(model, answer, world.Expected);
            }
        }

        asked.RemoveAll(a => a.Rows.IsCompleted);
    }

    private void Drain()
    {
        world.Trace.Note("drain");
        int pieces = 0;
        while (process.Activities.Count(Run) > 0)
        {
            Require(pieces++ < MostPieces, "it never comes to rest");
        }
    }

    private void Send()
    {
        ClientRequest request = world.Traffic.Next();
        if (!world.Scenario.IsCalm)
        {
            world.Clock.Advance(Math.Clamp(world.Traffic.NextArrivalMs - world.Clock.NowMs, 0, 60_000));
        }

        world.Account.Sent(request);
        process.Send(request);
        world.Account.ReadAnswers();
        world.Trace.Note($"send {request.Values.Count} to {request.Source}: {request.State}");
    }

    private void PassTime()
    {
        bool isLong = !world.Scenario.IsCalm && Random.Next(3) == 0;
        long ms = Random.Next(isLong ? 40_000 : 60);
        world.Clock.Advance(ms);
        world.Trace.Note($"{ms} ms pass");
        if (!world.Scenario.IsCalm && Random.Next(12) == 0)
        {
            long jump = Random.Next(-3_600_000, 3_600_000);
            world.Clock.Jump(jump);
            world.Trace.Note($"the clock is set by {jump} ms");
        }
    }

    // Memory or disk are full, or have room again.
    private void Press()
    {
        world.Memory.IsFull = Random.Next(4) == 0;
        world.Disk.Capacity = Random.Next(2) == 0
            ? long.MaxValue
            : world.Disk.UsedBytes + Random.Next(Random.Next(2) == 0 ? 2_000 : 100_000);
        world.Trace.Note($"memory full: {world.Memory.IsFull}, disk: {world.Disk.Capacity}");
    }

    private void Ask()
    {
        IReadOnlyList<CompiledModel> models = process.Project.Models;
        string model = models[Random.Next(models.Count)].Name;
        asked.Add((model, process.Ask(model, ViewCheck.AllRows)));
    }
}
