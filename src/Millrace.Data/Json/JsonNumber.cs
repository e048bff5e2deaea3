namespace Millrace.Data.Json;

/// <summary>
/// A number as it stands in the text: ±mantissa × 10^exponent, exact where it has at most 19 significant digits.
/// </summary>
internal unsafe struct JsonNumber
{
    public byte* Start;
    public int Length;
    public bool Negative;

    /// <summary>Neither a point nor an exponent.</summary>
    public bool IsInteger;

    /// <summary>Digits from the first that is not zero.</summary>
    public int Significant;
    public ulong Mantissa;
    public int Exponent;

    public readonly bool IsExact => Significant <= 19;

    public readonly ReadOnlySpan<byte> Text => new(Start, Length);
}
