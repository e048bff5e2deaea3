using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;

namespace Millrace.Hosting.Pressure;

/// <summary>Measures memory and disk, again and again.</summary>
internal sealed class PressureActivity(PressureGauge gauge, RuntimeOptions options) : IActivity
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CollectInterval = TimeSpan.FromSeconds(10);

    private readonly TimeProvider clock = options.Clock;
    private readonly IMemoryMeter memory = options.Memory;
    private long? measuredAt;
    private long? collectedAt;

    public string Name => "watch";

    public TimeSpan AskedEvery => Interval;

    public Action Woken { get; set; } = static () => { };

    /// <summary>Called when the engine had to pause and need not any more.</summary>
    public Action Eased { get; set; } = static () => { };

    public bool TryRunOnce()
    {
        if (measuredAt is { } last && clock.GetElapsedTime(last) < Interval / 2)
        {
            return false;
        }

        measuredAt = clock.GetTimestamp();
        MeasureMemory();
        bool wasExhausted = gauge.IsDiskExhausted;
        MeasureDisk();
        if (wasExhausted && !gauge.IsDiskExhausted)
        {
            Eased();
        }

        return false;
    }

    public void End()
    {
    }

    // What is measured includes what nobody refers to any more. Being at the limit is a reason to look for it.
    private void MeasureMemory()
    {
        gauge.MeasureMemory(memory.UsedBytes);
        if (gauge.IsMemoryFull && (collectedAt is not { } last || clock.GetElapsedTime(last) >= CollectInterval))
        {
            collectedAt = clock.GetTimestamp();
            memory.Collect();
        }
    }

    private void MeasureDisk()
    {
        try
        {
            gauge.MeasureDisk(options.Disk.FreeBytes(options.DataFolder));
        }
        catch (DiskFault)
        {
            // A disk that cannot say how full it is says so when it is written to.
            gauge.MeasureDisk(long.MaxValue);
        }
    }
}
