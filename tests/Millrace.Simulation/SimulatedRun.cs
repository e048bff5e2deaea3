using Millrace.Simulation.Checks;
using Millrace.Simulation.Faults;
using Millrace.Simulation.Running;
using Millrace.Storage.Disk;
using Millrace.Testing.Disks;

namespace Millrace.Simulation;

/// <summary>One run of the simulation: a function of its seed.</summary>
internal sealed class SimulatedRun
{
    private readonly World world;
    private readonly RunFigures figures = new();

    private SimulatedRun(int seed, Trace trace)
    {
        world = new World(Scenario.Of(seed), trace);
        trace.Note(world.Scenario.ToString());
    }

    /// <exception cref="SimulationFailure">A promise was broken; the message has the line that replays it.</exception>
    public static RunFigures Of(int seed, TextWriter? output = null)
    {
        Trace trace = new(output);
        try
        {
            return new SimulatedRun(seed, trace).Run();
        }
        catch (Exception e)
        {
            throw new SimulationFailure(
                $"{e.Message}\nreplay: dotnet run -c Release --project tests/Millrace.Simulation -- --seed {seed}", e);
        }
    }

    private RunFigures Run()
    {
        for (int i = 0; i < world.Scenario.Lives; i++)
        {
            LiveDangerously();
        }

        LiveWell();
        world.Restart((Survival)world.Random.Next(3));
        for (int i = 0; i < 2; i++)
        {
            figures.Damaged++;
            figures.Told += DamageTrial.Run(world) ? 1 : 0;
        }

        LiveWell();
        figures.Judged = world.AskOracle() ? 1 : 0;
        figures.Positions = world.History.Count;
        figures.Deployments = world.Expected.Deployments - 1;
        figures.Gapped = world.Expected.Gapped;
        return figures with { TraceHash = world.Trace.Hash };
    }

    private void LiveWell()
    {
        figures.Lives++;
        world.Relieve();
        Life life = Life.Begin(world);
        life.Finish();
        life.Stop();
        life.AddTo(figures);
        FolderCheck.HasNoWarning(world.Disk);
    }

    private void LiveDangerously()
    {
        figures.Lives++;
        world.Edit();
        FaultPlan plan = FaultPlan.Draw(world.Disk, world.Random, world.Trace);
        Life? life = null;
        try
        {
            life = Life.Begin(world);
            life.Go(world.Scenario.Actions);
            if (world.Random.Next(3) == 0)
            {
                life.Stop();
            }
            else
            {
                figures.Kills++;
                life.Abandon();
            }
        }
        catch (SimulatedCrash)
        {
            figures.Kills++;
            world.Trace.Note("killed");
        }
        catch (StorageFault fault) when (plan.HasStruck || world.Disk.Capacity < long.MaxValue)
        {
            figures.Faults++;
            life?.Fail(fault);
        }

        life?.AddTo(figures);
        world.Restart((Survival)world.Random.Next(3));
        FolderCheck.HasNoError(world.Disk);
    }
}
