using Millrace.Hosting.Pressure;

namespace Millrace.Simulation.Running;

/// <summary>Memory that is full when the simulation says so.</summary>
internal sealed class SimulatedMemory : IMemoryMeter
{
    public const long Limit = 1000;

    public bool IsFull { get; set; }

    public long UsedBytes => IsFull ? Limit : 0;

    public void Collect()
    {
    }
}
