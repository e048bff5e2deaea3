using System.Globalization;
using Millrace.Hosting.Exporting;
using Millrace.Hosting.Status;

namespace Millrace.Serving.Operations;

/// <summary>
/// The metrics that tell how safe it is: snapshots, the restart, what is scarce, what was refused, what the log
/// holds and has let go.
/// </summary>
internal static class DurabilityMetrics
{
    public static void Write(PrometheusText text, OperationalReading reading)
    {
        WriteSnapshots(text, reading.Runtime.Snapshots);
        WriteRestart(text, reading.Runtime.Restart);
        WriteRetention(text, reading.Runtime.Retention);
        WritePressure(text, reading.Runtime);
        One(text, "millrace_unreadable_ranges", "gauge",
            "Stretches of records that cannot be read and were passed over.", reading.Runtime.Unreadable.Count);
        text.Family("millrace_refused_requests_total", "counter", "Requests to append that were refused, by reason.");
        foreach ((string code, long count) in reading.Refused)
        {
            text.Sample("millrace_refused_requests_total", "reason", code, count);
        }

        WriteOffsets(text, reading.Topics);
    }

    private static void WriteSnapshots(PrometheusText text, SnapshotStatus snapshots)
    {
        One(text, "millrace_snapshots_total", "counter", "Snapshots of the state taken since start.", snapshots.Taken);
        One(text, "millrace_snapshot_failures_total", "counter", "Snapshots that did not come to be.",
            snapshots.Failures);
        One(text, "millrace_snapshot_last_timestamp_seconds", "gauge", "When the last snapshot became durable.",
            snapshots.TakenMs / 1000.0 ?? double.NaN);
        One(text, "millrace_snapshot_last_size_bytes", "gauge", "The size of the last snapshot.", snapshots.Bytes);
        One(text, "millrace_snapshot_last_duration_seconds", "gauge", "How long the last snapshot took.",
            snapshots.DurationMs / 1000);
        One(text, "millrace_snapshot_longest_pause_seconds", "gauge",
            "The longest time between two steps that went into a snapshot.", snapshots.LongestPauseMs / 1000);
    }

    private static void WriteRestart(PrometheusText text, RestartStatus restart)
    {
        text.Family("millrace_restart_seconds", "gauge", "How long each part of the last start took.");
        (string Phase, double Ms)[] phases =
        [
            ("open", restart.OpenMs), ("restore", restart.RestoreMs), ("refill", restart.RefillMs),
            ("replay", restart.ReplayMs), ("catch_up", restart.CatchUpMs),
        ];
        foreach ((string phase, double ms) in phases)
        {
            text.Sample("millrace_restart_seconds", "phase", phase, ms / 1000);
        }

        One(text, "millrace_restart_unusable_snapshots", "gauge", "Snapshots that the last start could not use.",
            restart.Unusable.Count);
    }

    private static void WriteRetention(PrometheusText text, RetentionStatus retention)
    {
        One(text, "millrace_retention_removed_bytes_total", "counter",
            "Bytes that retention and compaction have taken from the topics since start.", retention.RemovedBytes);
        One(text, "millrace_retention_failures_total", "counter",
            "How often retention or compaction did not succeed; it is tried again.", retention.Failures);
    }

    private static void WritePressure(PrometheusText text, RuntimeStatus status)
    {
        PressureStatus pressure = status.Pressure;
        One(text, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", Environment.WorkingSet);
        One(text, "millrace_memory_used_bytes", "gauge", "Memory that state, queues and views use.",
            pressure.MemoryUsedBytes);
        One(text, "millrace_memory_limit_bytes", "gauge", "Memory from which on records are refused.",
            pressure.MemoryLimitBytes);
        One(text, "millrace_disk_free_bytes", "gauge", "Bytes that the data folder's disk has free.",
            pressure.DiskFreeBytes ?? double.NaN);
        One(text, "millrace_disk_reserve_bytes", "gauge", "Free bytes below which records are refused.",
            pressure.DiskReserveBytes);
        One(text, "millrace_engine_paused", "gauge", "1 while the models wait because the disk is all but full.",
            pressure.IsEnginePaused ? 1 : 0);
        One(text, "millrace_queue_requests", "gauge", "Requests that wait for their commit.",
            status.Log.QueuedRequests);
        One(text, "millrace_queue_bytes", "gauge", "Bytes of records that wait for their commit.",
            status.Log.QueuedBytes);
    }

    private static void WriteOffsets(PrometheusText text, IReadOnlyList<TopicSummary> topics)
    {
        Each("millrace_topic_start_offset", "The first offset that a partition holds.", p => p.Start);
        Each("millrace_topic_end_offset", "The offset that a partition's next record gets.", p => p.End);

        void Each(string name, string help, Func<(long Start, long End), long> select)
        {
            text.Family(name, "gauge", help);
            foreach (TopicSummary topic in topics)
            {
                for (int i = 0; i < topic.Partitions.Count; i++)
                {
                    string partition = i.ToString(CultureInfo.InvariantCulture);
                    text.Sample(name, [("topic", topic.Name), ("partition", partition)], select(topic.Partitions[i]));
                }
            }
        }
    }

    private static void One(PrometheusText text, string name, string type, string help, double value) =>
        text.Family(name, type, help).Sample(name, [], value);
}
