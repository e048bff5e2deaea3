using System.Text;
using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Texts as DECIMAL: the grammar of Java's BigDecimal, trimmed. For short texts and types that fit 64 bits Flink has
/// another reader, which lets one character of rubbish behind the digits pass ('1d' is 1) and takes '.' for 0, but not
/// large exponents or digits of other scripts.
/// </summary>
internal sealed class DecimalCastParser(int precision, int scale) : TextParser<Int128>
{
    private const int CompactLength = 18;
    private const int LargestExponent = 40;

    public override bool TryParse(ReadOnlySpan<byte> text, out Int128 value)
    {
        text = text.Trim(" \t\n\r\f\v"u8);
        if (precision > CompactLength || text.Length > CompactLength)
        {
            return DecimalParser.TryParse(text, precision, scale, out value) == DecimalParse.Ok;
        }

        if (text.SequenceEqual("."u8))
        {
            value = 0;
            return true;
        }

        bool hasRubbish = text.Length > 1 && text[^1] is not (>= (byte)'0' and <= (byte)'9' or (byte)'.');
        text = hasRubbish ? text[..^1] : text;
        return DecimalParser.TryParse(text, precision, scale, out value) == DecimalParse.Ok
            && Ascii.IsValid(text) && HasSmallExponent(text);
    }

    private static bool HasSmallExponent(ReadOnlySpan<byte> text)
    {
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        return e < 0
            || (IntegerText.TryParse(text[(e + 1)..], out long exponent) && Math.Abs(exponent) <= LargestExponent);
    }
}
