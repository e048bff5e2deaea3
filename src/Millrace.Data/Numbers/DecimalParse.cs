namespace Millrace.Data.Numbers;

/// <summary>What reading a DECIMAL came to.</summary>
public enum DecimalParse
{
    Ok,

    /// <summary>A number, but more integer digits than the type has after rounding: NULL in Flink, silently.</summary>
    Overflow,

    /// <summary>Not a number.</summary>
    Invalid,
}
