namespace Millrace.Engine.Expressions.Casts;

/// <summary>What converting one value came to.</summary>
internal enum CastOutcome
{
    Done,

    /// <summary>The value is none of the type: CAST fails, TRY_CAST is NULL.</summary>
    Failed,

    /// <summary>Both fail, as in Flink: NaN or infinity to DECIMAL.</summary>
    AlwaysFailed,

    /// <summary>A number with too many digits for the DECIMAL: NULL with CAST too.</summary>
    Overflow,
}
