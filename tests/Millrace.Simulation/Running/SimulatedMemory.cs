using Millrace.Hosting.Pressure;

namespace Millrace.Simulation.Running;

/// <summary>Memory that is full when the simulation says so.</summary>
internal sealed class SimulatedMemory : IMemoryMeter
{
    // High enough for all readable rows: how many there are is no question here.
    public const long Limit = 1 << 30;

    public bool IsFull { get; set; }

    public long UsedBytes => IsFull ? Limit : 0;

    public void Collect()
    {
    }
}
