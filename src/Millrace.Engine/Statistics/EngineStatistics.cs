using Millrace.Data.Time;

namespace Millrace.Engine;

/// <summary>What the engine has counted, over restarts; read between steps.</summary>
public sealed class EngineStatistics
{
    internal EngineStatistics(EngineGraph graph)
    {
        Topics = [.. graph.Topics.Select(t => new TopicStatistics(t))];
        Models = [.. graph.Models.Select(m => new ModelStatistics(m))];
    }

    /// <summary>In the order of <see cref="EngineGraph.Topics"/>.</summary>
    public IReadOnlyList<TopicStatistics> Topics { get; }

    /// <summary>In the order of <see cref="EngineGraph.Models"/>.</summary>
    public IReadOnlyList<ModelStatistics> Models { get; }
}

/// <summary>Counters of one topic.</summary>
public sealed class TopicStatistics(TopicSpec topic)
{
    public TopicSpec Topic { get; } = topic;

    /// <summary>Records or rows that it had.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows that went to its <c>$bad</c>.</summary>
    public long Bad { get; internal set; }

    /// <summary>Records with a null value.</summary>
    public long Tombstones { get; internal set; }

    /// <summary>Of a source: records that repeated another one and were dropped; not among
    /// <see cref="Rows"/>.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Of a source: bytes of memory that the keys take by which duplicates are known, about.</summary>
    public long StateBytes { get; internal set; }

    /// <summary>Records whose value the fast decoder could not take and the general one did.</summary>
    public long DecodeFallbacks { get; internal set; }

    /// <summary>Of a source: in which forms its time column came; several mean that producers disagree.</summary>
    public TimestampForms TimestampForms { get; internal set; }

    /// <summary>What <see cref="DecodeFallbacks"/> was when the state was saved that this engine took over.</summary>
    internal long EarlierFallbacks { get; set; }

    /// <summary>The same of <see cref="TimestampForms"/>.</summary>
    internal TimestampForms EarlierForms { get; set; }

    /// <summary>Its watermark, ms since the epoch; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; internal set; } = long.MinValue;

    /// <summary>The greatest event time seen; <see cref="long.MinValue"/> before the first.</summary>
    public long MaxEventTime { get; internal set; } = long.MinValue;
}

/// <summary>Counters of one model: the sums over its operators.</summary>
public sealed class ModelStatistics(ModelSpec model)
{
    public ModelSpec Model { get; } = model;

    /// <summary>Rows read, over all its inputs.</summary>
    public long RowsIn { get; internal set; }

    /// <summary>Rows written to its topic.</summary>
    public long RowsOut { get; internal set; }

    /// <summary>Rows that came after their window had closed.</summary>
    public long Late { get; internal set; }

    /// <summary>Rows on which an expression failed, or a window found no event time.</summary>
    public long Bad { get; internal set; }

    /// <summary>Left rows of joins that have a key and met no version.</summary>
    public long Unmatched { get; internal set; }

    /// <summary>Versions appended with an earlier time than an event that a join had already answered.</summary>
    public long LateVersions { get; internal set; }

    /// <summary>Windows that are open now.</summary>
    public long OpenWindows { get; internal set; }

    /// <summary>Groups in open windows now.</summary>
    public long OpenGroups { get; internal set; }

    /// <summary>Rows that were no version, because their key had had a row with a later time.</summary>
    public long OutdatedVersions { get; internal set; }

    /// <summary>Versions that joins keep now.</summary>
    public long Versions { get; internal set; }

    /// <summary>Bytes of memory that its state takes, about.</summary>
    public long StateBytes { get; internal set; }

    /// <summary>The operators that keep state, from the scans up.</summary>
    public IReadOnlyList<OperatorStatistics> Operators { get; internal set; } = [];
}
