using System.Collections.Concurrent;
using System.Globalization;

namespace Millrace.Simulation;

/// <summary>Many runs, on any threads: what they have done together, and the seeds that failed.</summary>
internal sealed class Campaign
{
    private readonly Lock gate = new();
    private int lives;
    private int kills;
    private int faults;
    private long positions;
    private int judged;

    public int Runs { get; private set; }

    /// <summary>Why, by seed.</summary>
    public ConcurrentDictionary<int, string> Failures { get; } = [];

    public void Run(int seed)
    {
        try
        {
            Add(SimulatedRun.Of(seed));
        }
        catch (SimulationFailure failure)
        {
            Failures[seed] = failure.Message;
            Console.Error.WriteLine(failure.Message);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Runs} runs, {lives} processes, {kills} killed, {faults} stopped by a fault of the disk, "
        + $"{positions} positions, {judged} judged by the oracle, {Failures.Count} failed");

    private void Add(RunFigures figures)
    {
        lock (gate)
        {
            Runs++;
            lives += figures.Lives;
            kills += figures.Kills;
            faults += figures.Faults;
            positions += figures.Positions;
            judged += figures.IsJudged ? 1 : 0;
        }
    }
}
