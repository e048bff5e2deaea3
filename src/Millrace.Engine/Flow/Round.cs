namespace Millrace.Engine.Flow;

/// <summary>What stands behind a round's records.</summary>
internal enum RoundKind
{
    /// <summary>Nothing: more records may follow.</summary>
    Records,

    /// <summary>A reading of the clock.</summary>
    Tick,

    /// <summary>The end of all input.</summary>
    End,
}

/// <summary>A part of a step that goes through the whole graph at once: records, and behind them at most one final
/// event.</summary>
/// <param name="Kind">The final event.</param>
/// <param name="FinalPosition">Its position; without one that of the last record.</param>
/// <param name="ClockMs">The reading of a tick.</param>
internal readonly record struct Round(RoundKind Kind, long FinalPosition, long ClockMs);
