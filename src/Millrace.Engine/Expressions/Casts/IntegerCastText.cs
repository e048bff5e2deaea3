namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Texts as integers: blanks around, an optional sign, digits, and behind a point digits that are read and cut; even
/// '.' is 0. Beyond the type's range it is none.
/// </summary>
internal static class IntegerCastText
{
    public static bool TryParse(ReadOnlySpan<byte> text, long least, long most, out long value)
    {
        text = text.Trim((byte)' ');
        value = 0;
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        return TryDigits(whole, isNegative, out value) && value >= least && value <= most
            && fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    // Negative while reading: the smallest number has no positive counterpart.
    private static bool TryDigits(ReadOnlySpan<byte> digits, bool isNegative, out long value)
    {
        value = 0;
        foreach (byte b in digits)
        {
            int digit = b - '0';
            if ((uint)digit > 9 || value < long.MinValue / 10 || value * 10 < long.MinValue + digit)
            {
                return false;
            }

            value = (value * 10) - digit;
        }

        bool fits = isNegative || value != long.MinValue;
        value = isNegative ? value : -value;
        return fits;
    }
}
