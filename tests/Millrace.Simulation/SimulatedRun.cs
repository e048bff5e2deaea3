using Millrace.Simulation.Faults;
using Millrace.Simulation.Running;
using Millrace.Storage.Disk;
using Millrace.Testing.Disks;

namespace Millrace.Simulation;

/// <summary>What a run has done.</summary>
/// <param name="TraceHash">Of everything that happened, in order.</param>
/// <param name="Lives">How often a process was started.</param>
/// <param name="Kills">How many of these were killed.</param>
/// <param name="Faults">How many met a fault of the disk.</param>
/// <param name="Positions">Records and clock readings in the log.</param>
/// <param name="IsJudged">Whether the oracle could judge.</param>
internal sealed record RunFigures(string TraceHash, int Lives, int Kills, int Faults, int Positions, bool IsJudged);

/// <summary>One run of the simulation: a function of its seed.</summary>
internal sealed class SimulatedRun
{
    private readonly World world;
    private int lives;
    private int kills;
    private int faults;

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

        FaultPlan.None(world.Disk, world.Trace);
        LiveWell();
        world.Restart((Survival)world.Random.Next(3));
        FaultPlan.None(world.Disk, world.Trace);
        LiveWell();
        bool isJudged = world.AskOracle();
        return new RunFigures(world.Trace.Hash, lives, kills, faults, world.History.Count, isJudged);
    }

    private void LiveWell()
    {
        lives++;
        Life life = Life.Begin(world);
        life.Finish();
        life.Stop();
    }

    private void LiveDangerously()
    {
        lives++;
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
                kills++;
                life.Abandon();
            }
        }
        catch (SimulatedCrash)
        {
            kills++;
            world.Trace.Note("killed");
        }
        catch (StorageFault fault) when (plan.HasStruck)
        {
            faults++;
            life?.Fail(fault);
        }

        world.Restart((Survival)world.Random.Next(3));
    }
}
