namespace Millrace.Engine;

/// <summary>A record that could not be decoded, or a row for which an expression failed: a row of
/// <c>topic$bad</c>.</summary>
public readonly ref struct BadRow
{
    /// <summary>The topic that was read.</summary>
    public required TopicSpec Topic { get; init; }

    /// <summary>The model that failed on it; null when it could not be decoded at all.</summary>
    public ModelSpec? Model { get; init; }

    /// <summary>A short fixed code.</summary>
    public required string Reason { get; init; }

    /// <summary>What happened, for the user.</summary>
    public required string Message { get; init; }

    /// <summary>The position of the source record that caused it.</summary>
    public required long Position { get; init; }

    /// <summary>Its index among the step's <see cref="TopicRecords"/> of that source; -1 when the topic is a
    /// model's.</summary>
    public int Record { get; init; }

    /// <summary>The record's value as it came; of a model's topic the row as it was written, or the row that the
    /// failing operator read, as JSON.</summary>
    public ReadOnlySpan<byte> Original { get; init; }
}
