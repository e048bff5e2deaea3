using System.Text;
using Millrace.Storage.Records;

namespace Millrace.Engine.Tests.Oracle;

/// <summary>
/// A topic, one record at a time: readers see the row, then the watermark advances, then windows look whether they
/// close. The watermark is recomputed from all partitions for every record.
/// </summary>
internal sealed class OracleTopic(int partitions, string? keyColumn, string? timeColumn, long delayMs, long idleMs)
{
    private readonly Partition[] all = [.. Enumerable.Range(0, partitions).Select(_ => new Partition())];

    public long Watermark { get; private set; } = long.MinValue;

    public List<Action<OracleRow>> Readers { get; } = [];

    public List<Action<long>> Closers { get; } = [];

    /// <summary>The clock's last reading; null before the first.</summary>
    public long? Clock { get; set; }

    /// <summary>What was written: partition, key, timestamp, position, row.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Appends a row of a model, whose partition follows from its key.</summary>
    public void Append(OracleRow row, long timestamp)
    {
        string? key = keyColumn is null ? null : row.Text(keyColumn);
        int partition = key is null
            ? (int)(row.Position % partitions)
            : Murmur2.Partition(Encoding.UTF8.GetBytes(key), partitions);
        Lines.Add($"{partition}|{key ?? "-"}|{timestamp}|{row.Position}|{row}");
        Take(row, partition);
    }

    public void Take(OracleRow row, int partition)
    {
        Readers.ForEach(r => r(row));
        if (timeColumn is not null)
        {
            Advance(all[partition], ((Instant?)row[timeColumn])?.Ms);
            Closers.ForEach(c => c(row.Position));
        }
    }

    public void Tick(long now, long position)
    {
        Clock = Math.Max(Clock ?? now, now);
        foreach (Partition partition in all.Where(p => p.IsTouched))
        {
            partition.LastClock ??= Clock;
            partition.IsIdle |= partition.Watermark is not null && Clock - partition.LastClock >= idleMs;
        }

        Partition[] seen = [.. all.Where(p => p.Watermark is not null)];
        if (seen.Length > 0 && seen.All(p => p.IsIdle))
        {
            Watermark = Math.Max(Watermark, Math.Max(seen.Max(p => p.Watermark!.Value), Clock.Value - delayMs));
        }

        Combine();
        Closers.ForEach(c => c(position));
    }

    public void End(long position)
    {
        Watermark = long.MaxValue;
        Closers.ForEach(c => c(position));
    }

    private void Advance(Partition partition, long? time)
    {
        partition.IsTouched = true;
        partition.LastClock = Clock;
        if (partition.IsIdle)
        {
            partition.IsIdle = false;
            partition.IsBehind = partition.Watermark < Watermark;
        }

        if (time is { } t)
        {
            partition.Watermark = Math.Max(partition.Watermark ?? long.MinValue, t - delayMs);
            partition.IsBehind &= partition.Watermark < Watermark;
        }

        Combine();
    }

    private void Combine()
    {
        Partition[] counting = [.. all.Where(p => p.Watermark is not null && !p.IsIdle && !p.IsBehind)];
        if (counting.Length > 0)
        {
            Watermark = Math.Max(Watermark, counting.Min(p => p.Watermark!.Value));
        }
    }

    private sealed class Partition
    {
        public long? Watermark { get; set; }

        public long? LastClock { get; set; }

        public bool IsTouched { get; set; }

        public bool IsIdle { get; set; }

        public bool IsBehind { get; set; }
    }
}
