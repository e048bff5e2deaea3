using System.Collections.Concurrent;
using System.Globalization;

namespace Millrace.Simulation;

/// <summary>Many runs, on any threads: what they have done together, and the seeds that failed.</summary>
internal sealed class Campaign
{
    private readonly Lock gate = new();
    private RunFigures figures = new();

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

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Runs} runs, {Failures.Count} failed: {figures}");

    private void Add(RunFigures run)
    {
        lock (gate)
        {
            Runs++;
            figures = figures.Plus(run);
        }
    }
}
