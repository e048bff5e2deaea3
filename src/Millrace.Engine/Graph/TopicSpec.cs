using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Plans;

namespace Millrace.Engine;

/// <summary>A topic as the engine sees it: a source's, or the one that a model writes. Immutable.</summary>
/// <param name="Name">The name by which plans scan it (the source's or model's; the log may call the topic
/// otherwise).</param>
/// <param name="Schema">The columns of its rows.</param>
/// <param name="Partitions">How many partitions, at least 1.</param>
/// <param name="IsSource">Whether its records come from outside; else a model writes it.</param>
public sealed record TopicSpec(string Name, Schema Schema, int Partitions, bool IsSource)
{
    /// <summary>The column whose raw bytes are the record key, or -1 for records without a key.</summary>
    public int KeyColumn { get; init; } = -1;

    /// <summary>Its watermark rule, or null when it has no event time.</summary>
    public WatermarkRule? Watermark { get; init; }

    /// <summary>After how many milliseconds without a record a partition no longer holds the watermark back; null
    /// means never.</summary>
    public long? IdleAfterMs { get; init; }

    /// <summary>Whether, once every partition is idle, the clock less the rule's delay becomes the watermark, so that
    /// windows close on a quiet topic.</summary>
    public bool CloseWhenIdle { get; init; }

    /// <summary>How its rows are versions, or null.</summary>
    public Versioning? Versioning { get; init; }

    /// <summary>
    /// Of a source: columns that are decoded although no model of this graph reads them, so that a record is bad here
    /// when it is for the models of a larger graph.
    /// </summary>
    public IReadOnlyList<int> AlsoRead { get; init; } = [];

    /// <summary>Of a source: how its records' JSON becomes rows.</summary>
    public JsonDecodeOptions Json { get; init; } = JsonDecodeOptions.Default;

    /// <summary>Of a source: which records are dropped because they repeat another one; null for none.</summary>
    public DedupRule? Dedup { get; init; }

    /// <summary>Of a model's topic: how its rows become JSON.</summary>
    public JsonEncodeOptions Encoding { get; init; } = TopicFormat.Written;

    /// <summary>Of a model's topic: whether its rows are only handed to the models that read it, and never
    /// written.</summary>
    public bool IsEphemeral { get; init; }
}
