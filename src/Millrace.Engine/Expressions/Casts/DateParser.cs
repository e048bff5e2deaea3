using Millrace.Data.Time;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Texts as DATE: y-M-d, y-M or y in digits, each with blanks around it; whatever follows the first blank behind a
/// character does not count. Years 0 to 9999; a day that the month lacks is none.
/// </summary>
internal sealed class DateParser : TextParser<int>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        int blank = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> rest = blank > 0 ? text[..blank] : text;
        int month = 1;
        int day = 1;
        if (!TryPart(ref rest, out int year)
            || (!rest.IsEmpty && !TryPart(ref rest, out month)) || (!rest.IsEmpty && !TryLast(rest, out day)))
        {
            return false;
        }

        if (year > 9999 || month is < 1 or > 12 || day < 1 || day > CivilDate.DaysInMonth(year, month))
        {
            return false;
        }

        value = (int)CivilDate.ToDays(year, month, day);
        return true;
    }

    // The digits before the next hyphen, which is left behind too; without one, all that is left.
    private static bool TryPart(ref ReadOnlySpan<byte> text, out int value)
    {
        int hyphen = text.IndexOf((byte)'-');
        ReadOnlySpan<byte> part = hyphen < 0 ? text : text[..hyphen];
        text = hyphen < 0 ? default : text[(hyphen + 1)..];

        // A hyphen at the end leaves an empty part, which is no number.
        bool isComplete = hyphen < 0 || !text.IsEmpty;
        return TryLast(part, out value) && isComplete;
    }

    private static bool TryLast(ReadOnlySpan<byte> text, out int value)
    {
        text = text.Trim(" \t\n\r\f\v"u8);
        value = 0;
        bool isNumber = text.Length is > 0 and <= 9 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        for (int i = 0; isNumber && i < text.Length; i++)
        {
            value = (value * 10) + text[i] - '0';
        }

        return isNumber;
    }
}
