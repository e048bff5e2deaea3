namespace Millrace.Testing.Disks;

/// <summary>The simulated process has died; the disk takes nothing more until it is restarted.</summary>
public sealed class SimulatedCrash() : Exception("the simulated process has died");
