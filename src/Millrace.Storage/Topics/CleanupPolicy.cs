namespace Millrace.Storage.Topics;

/// <summary>What becomes of old records (Kafka's <c>cleanup.policy</c>).</summary>
public enum CleanupPolicy
{
    /// <summary>Whole segments go by age and size: <c>delete</c>.</summary>
    Delete,

    /// <summary>The last record of each key stays: <c>compact</c>.</summary>
    Compact,

    /// <summary>Both: <c>compact,delete</c>.</summary>
    CompactDelete,
}
