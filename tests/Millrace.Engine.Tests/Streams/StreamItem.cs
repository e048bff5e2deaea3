namespace Millrace.Engine.Tests.Streams;

/// <summary>One thing in the append order.</summary>
internal abstract record StreamItem;

/// <summary>A record of a source.</summary>
/// <param name="Source">The topic's name.</param>
/// <param name="Value">Its JSON, or null for a deletion.</param>
/// <param name="Key">Its key, or null.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Timestamp">Its timestamp in the log, ms.</param>
internal sealed record RecordItem(string Source, string? Value, string? Key, int Partition, long Timestamp)
    : StreamItem;

/// <summary>A reading of the clock.</summary>
internal sealed record TickItem(long ClockMs) : StreamItem;

/// <summary>Nothing, in the place of something.</summary>
internal sealed record EmptyItem : StreamItem;

/// <summary>The end of all input; the last item, if there is one.</summary>
internal sealed record EndItem : StreamItem;
