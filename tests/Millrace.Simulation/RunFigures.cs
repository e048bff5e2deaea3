namespace Millrace.Simulation;

/// <summary>What a run has done, or many together.</summary>
internal sealed record RunFigures
{
    /// <summary>Of everything that happened, in order; of one run.</summary>
    public string TraceHash { get; init; } = "";

    /// <summary>How often a process was started.</summary>
    public int Lives { get; set; }

    /// <summary>How many of these were killed.</summary>
    public int Kills { get; set; }

    /// <summary>How many met a fault of the disk that ended them.</summary>
    public int Faults { get; set; }

    /// <summary>How many began with a snapshot.</summary>
    public int Restored { get; set; }

    /// <summary>Snapshots that became durable.</summary>
    public int Snapshots { get; set; }

    /// <summary>Changed projects that took over.</summary>
    public int Deployments { get; set; }

    /// <summary>Of these, how many had models computed from a log that had lost records by then.</summary>
    public int Gapped { get; set; }

    /// <summary>Bits that were flipped.</summary>
    public int Damaged { get; set; }

    /// <summary>Of these, how many were reported; the others made no difference.</summary>
    public int Told { get; set; }

    /// <summary>Records and clock readings in the log.</summary>
    public int Positions { get; set; }

    /// <summary>Runs that the oracle could judge.</summary>
    public int Judged { get; set; }

    /// <summary>The sum of two.</summary>
    public RunFigures Plus(RunFigures other) => new()
    {
        Lives = Lives + other.Lives,
        Kills = Kills + other.Kills,
        Faults = Faults + other.Faults,
        Restored = Restored + other.Restored,
        Snapshots = Snapshots + other.Snapshots,
        Deployments = Deployments + other.Deployments,
        Gapped = Gapped + other.Gapped,
        Damaged = Damaged + other.Damaged,
        Told = Told + other.Told,
        Positions = Positions + other.Positions,
        Judged = Judged + other.Judged,
    };

    public override string ToString() =>
        $"{Lives} processes, {Kills} killed, {Faults} ended by a fault of the disk, {Restored} begun with a snapshot, "
        + $"{Snapshots} snapshots, {Deployments} changes of the project, {Gapped} of them over a log with gaps, "
        + $"{Damaged} bits flipped, {Told} of them told, {Positions} positions, {Judged} judged by the oracle";
}
