using System.Globalization;

namespace Millrace.Data.Numbers;

/// <summary>
/// Reads texts as Java's <c>Double.parseDouble</c> and <c>Float.parseFloat</c> do: trimmed, optional sign, NaN,
/// Infinity, decimal digits with point and exponent, hexadecimal floating point (0x1p3), and a trailing d, D, f or F.
/// Values too large are infinite. UTF-8, no allocation. No state; safe from any thread.
/// </summary>
public static class DoubleParser
{
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (!Prepare(ref text, out bool negative, out Form form))
        {
            return false;
        }

        value = form switch
        {
            Form.NaN => double.NaN,
            Form.Infinity => double.PositiveInfinity,
            Form.Hexadecimal => HexFloat.ToDouble(text),
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        value = negative ? -value : value;
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        if (!Prepare(ref text, out bool negative, out Form form))
        {
            return false;
        }

        value = form switch
        {
            Form.NaN => float.NaN,
            Form.Infinity => float.PositiveInfinity,
            Form.Hexadecimal => (float)HexFloat.ToDouble(text),
            _ => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        value = negative ? -value : value;
        return true;
    }

    private static bool Prepare(ref ReadOnlySpan<byte> text, out bool negative, out Form form)
    {
        text = TextTrim.Trim(text);
        negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        form = text.SequenceEqual("NaN"u8) ? Form.NaN : text.SequenceEqual("Infinity"u8) ? Form.Infinity : Form.Decimal;
        if (form != Form.Decimal)
        {
            return true;
        }

        if (text.Length > 2 && text[0] == '0' && text[1] is (byte)'x' or (byte)'X')
        {
            form = Form.Hexadecimal;
            text = CutSuffix(text[2..]);
            return HexFloat.IsValid(text);
        }

        text = CutSuffix(text);
        return IsDecimal(text);
    }

    private static ReadOnlySpan<byte> CutSuffix(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[^1] is (byte)'d' or (byte)'D' or (byte)'f' or (byte)'F' ? text[..^1] : text;

    private static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        int whole = Digits(text);
        text = text[whole..];
        int fraction = 0;
        if (text.Length > 0 && text[0] == '.')
        {
            fraction = Digits(text[1..]);
            text = text[(1 + fraction)..];
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        return text.IsEmpty || (text[0] is (byte)'e' or (byte)'E' && IsExponent(text[1..]));
    }

    /// <summary>Whether the text is an optional sign and digits, at least one.</summary>
    internal static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        return text.Length > 0 && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private enum Form
    {
        Decimal,
        Hexadecimal,
        NaN,
        Infinity,
    }
}
