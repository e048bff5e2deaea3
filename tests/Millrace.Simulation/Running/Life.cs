using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Simulation.Checks;
using Millrace.Simulation.Clients;
using Millrace.Simulation.Reference;

namespace Millrace.Simulation.Running;

/// <summary>One process, from its start to whatever ends it: what it does, and when, is drawn.</summary>
internal sealed class Life
{
    private const int MostPieces = 100_000;
    private readonly World world;
    private readonly SimulatedProcess process;
    private readonly List<(string Model, Task<ViewCapture> Rows)> asked = [];

    private Life(World world, SimulatedProcess process)
    {
        this.world = world;
        this.process = process;
    }

    private Random Random => world.Random;

    /// <summary>Starts a process and compares what it finds.</summary>
    public static Life Begin(World world)
    {
        int workers = 1 + world.Random.Next(3);
        world.Trace.Note($"start, {workers} workers");
        SimulatedProcess process = SimulatedProcess.Start(
            world.Project,
            new RuntimeOptions
            {
                DataFolder = World.Folder,
                Disk = world.Disk,
                Clock = world.Clock,
                Durability = world.Scenario.Durability,
                FlushInterval = world.Scenario.FlushInterval,
                MaxQueuedRequests = 20,
                LedgerFileBytes = world.Scenario.LedgerFileBytes,
            },
            workers);
        world.Recovered(process.Folder);
        return new Life(world, process);
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
                case 18 when Random.Next(4) == 0:
                    world.Trace.Note("check");
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
        Require(process.Position == world.History.Count, $"it has come to {process.Position} only");
        world.CheckTopics(process.Folder, isComplete: true);
        UndisturbedRun run = world.Follow(world.History.Count)!;
        foreach (string model in world.Project.Models.Select(m => m.Name))
        {
            Task<ViewCapture> rows = process.Ask(model, ViewCheck.All);
            process.Activities[1].TryRunOnce();
            Require(rows.IsCompleted, $"{model} is not answered");
            ViewCheck.Same(model, rows.Result.Answer(ViewCheck.All), run);
        }
    }

    /// <summary>Ends as on SIGTERM.</summary>
    public void Stop()
    {
        world.Trace.Note("stop");
        process.Stop();
        Observe();
        world.Synced(world.History.Count);
    }

    /// <summary>Ends as on SIGKILL, between two operations of the disk.</summary>
    public void Abandon()
    {
        world.Trace.Note("killed between operations");
        process.Abandon();
    }

    /// <summary>Ends as a process does that meets a fault.</summary>
    public void Fail(Exception fault)
    {
        world.Trace.Note("fault: " + fault.Message);
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
        bool hasRun = activity.TryRunOnce();
        if (hasRun)
        {
            world.Trace.Note($"{activity.Name}: {process.Folder.CommittedPosition}, {process.Position}");
            Observe();
            if (activity == process.Activities[2])
            {
                world.Synced(before);
            }
        }

        return hasRun;
    }

    private void Observe()
    {
        world.History.ReadOn(process.Folder);
        world.Account.ReadAnswers();
        foreach ((string model, Task<ViewCapture> rows) in asked.Where(a => a.Rows.IsCompleted))
        {
            ViewAnswer answer = rows.Result.Answer(ViewCheck.All);
            if (answer.Outcome == ViewOutcome.Answered && world.Follow(answer.Position) is { } run)
            {
                ViewCheck.Same(model, answer, run);
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

    private void Ask()
    {
        string model = world.Project.Models[Random.Next(world.Project.Models.Count)].Name;
        asked.Add((model, process.Ask(model, ViewCheck.All)));
    }
}
