using Millrace.Testing.Disks;

namespace Millrace.Simulation.Faults;

/// <summary>
/// What the disk does to one life of the process: at most one thing goes wrong, at an operation drawn beforehand, early
/// ones being likelier because recovery is there.
/// </summary>
internal sealed class FaultPlan
{
    private readonly int at;
    private readonly DiskOutcome outcome;
    private readonly Trace trace;

    private FaultPlan(int at, DiskOutcome outcome, Trace trace)
    {
        this.at = at;
        this.outcome = outcome;
        this.trace = trace;
    }

    /// <summary>Whether it has happened.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Draws what happens to the next life on a disk, and puts it there.</summary>
    public static FaultPlan Draw(SimulatedDisk disk, Random random, Trace trace)
    {
        DiskOutcome outcome = random.Next(8) switch
        {
            < 3 => DiskOutcome.Crash,
            3 => DiskOutcome.Fail,
            4 => DiskOutcome.Full,
            _ => DiskOutcome.Proceed,
        };
        int after = 1 + random.Next(random.Next(3) switch { 0 => 30, 1 => 200, _ => 1000 });
        FaultPlan plan = new(disk.Operations + after, outcome, trace);
        disk.Script = plan.Decide;
        return plan;
    }

    /// <summary>A disk on which nothing goes wrong any more.</summary>
    public static void None(SimulatedDisk disk, Trace trace) =>
        disk.Script = new FaultPlan(-1, DiskOutcome.Proceed, trace).Decide;

    private DiskOutcome Decide(DiskOperation operation)
    {
        DiskOutcome decided = operation.Number == at ? outcome : DiskOutcome.Proceed;
        HasStruck |= decided != DiskOutcome.Proceed;
        string struck = decided == DiskOutcome.Proceed ? "" : " " + decided;
        trace.Note($"  {operation.Number} {operation.Name} {operation.Path}{struck}");
        return decided;
    }
}
