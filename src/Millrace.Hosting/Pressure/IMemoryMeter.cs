namespace Millrace.Hosting.Pressure;

/// <summary>How much memory the process uses. Thread-safe.</summary>
internal interface IMemoryMeter
{
    long UsedBytes { get; }

    /// <summary>Asks that what nobody refers to is given back; does not wait for it.</summary>
    void Collect();
}

/// <summary>The memory of this process: all state, queues and views are in the managed heap.</summary>
internal sealed class ProcessMemory : IMemoryMeter
{
    public long UsedBytes => GC.GetTotalMemory(forceFullCollection: false);

    /// <summary>What the machine, or the limit that it runs under, has.</summary>
    public static long AvailableBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
}
