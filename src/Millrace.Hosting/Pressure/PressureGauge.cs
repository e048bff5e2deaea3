using Millrace.Hosting.Status;

namespace Millrace.Hosting.Pressure;

/// <summary>
/// Whether memory and disk have room for more, as last measured. Limits have two edges, so that it does not flutter:
/// what has been reached counts until a good part is free again. Measured by one thread, read by any.
/// </summary>
internal sealed class PressureGauge(long memoryLimit, long diskReserve)
{
    private readonly long memoryEased = memoryLimit / 10 * 9;
    private readonly long diskEased = diskReserve + (diskReserve / 4);
    private long memoryUsed;
    private long diskFree = long.MaxValue;
    private long refused;
    private long refusals;
    private volatile bool isMemoryFull;
    private volatile bool isDiskFull;
    private volatile bool isDiskExhausted;

    /// <summary>No more shall be taken in: the state grows with it.</summary>
    public bool IsMemoryFull => isMemoryFull;

    /// <summary>No more shall be taken in: the rest of the disk is for what has been.</summary>
    public bool IsDiskFull => isDiskFull;

    /// <summary>The models shall not go on either.</summary>
    public bool IsDiskExhausted => isDiskExhausted;

    public PressureStatus Status => new()
    {
        MemoryUsedBytes = Interlocked.Read(ref memoryUsed),
        MemoryLimitBytes = memoryLimit,
        IsMemoryFull = isMemoryFull,
        MemoryEasedBytes = memoryEased,
        DiskFreeBytes = Interlocked.Read(ref diskFree) is not long.MaxValue and long free ? free : null,
        DiskReserveBytes = diskReserve,
        IsDiskFull = isDiskFull,
        DiskEasedBytes = diskEased,
        IsEnginePaused = isDiskExhausted,
        Refused = Interlocked.Read(ref refused),
    };

    /// <summary>Whether so many bytes may be written beside the log.</summary>
    public bool HasRoomFor(long bytes) => Interlocked.Read(ref diskFree) - bytes > diskReserve / 2;

    public void MeasureMemory(long usedBytes)
    {
        Interlocked.Exchange(ref memoryUsed, usedBytes);
        isMemoryFull = usedBytes >= memoryLimit || (isMemoryFull && usedBytes > memoryEased);
    }

    public void MeasureDisk(long freeBytes)
    {
        Interlocked.Exchange(ref diskFree, freeBytes);
        isDiskFull = freeBytes < diskReserve || (isDiskFull && freeBytes < diskEased);
        isDiskExhausted = freeBytes < diskReserve / 4 || (isDiskExhausted && freeBytes < diskReserve / 2);
    }

    /// <summary>Writes that found no room, whatever was measured.</summary>
    public long Refusals => Interlocked.Read(ref refusals);

    /// <summary>A commit of so many requests was refused for want of room, whatever was measured.</summary>
    public void NoteRefusal(int requests)
    {
        Interlocked.Add(ref refused, requests);
        Interlocked.Increment(ref refusals);
        isDiskFull = true;
    }

    /// <summary>What a step gave found no room, whatever was measured.</summary>
    public void NoteExhausted()
    {
        NoteRefusal(requests: 0);
        isDiskExhausted = true;
    }

    /// <summary>A request was refused before it was committed.</summary>
    public void NoteRefused() => Interlocked.Increment(ref refused);
}
