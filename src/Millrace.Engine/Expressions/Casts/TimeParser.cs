namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as TIME: H, H:m or H:m:s with any fraction, of which three digits count.</summary>
internal sealed class TimeParser : TextParser<int>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        int millis = 0;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> rest = point < 0 ? text : text[..point];
        int minute = 0;
        int second = 0;
        if ((point >= 0 && (!TryMillis(text[(point + 1)..], out millis) || rest.Count((byte)':') != 2))
            || !TryPart(ref rest, 23, out int hour)
            || (!rest.IsEmpty && !TryPart(ref rest, 59, out minute))
            || (!rest.IsEmpty && !TryPart(ref rest, 59, out second)))
        {
            return false;
        }

        value = (((((hour * 60) + minute) * 60) + second) * 1000) + millis;
        return rest.IsEmpty;
    }

    private static bool TryPart(ref ReadOnlySpan<byte> text, int most, out int value)
    {
        int colon = text.IndexOf((byte)':');
        ReadOnlySpan<byte> part = colon < 0 ? text : text[..colon];
        bool isComplete = colon < 0 || colon < text.Length - 1;
        text = colon < 0 ? default : text[(colon + 1)..];
        value = 0;
        foreach (byte b in part)
        {
            value = (uint)(b - '0') > 9 ? int.MaxValue / 20 : (value * 10) + b - '0';
        }

        return isComplete && part.Length is 1 or 2 && value <= most;
    }

    private static bool TryMillis(ReadOnlySpan<byte> digits, out int millis)
    {
        millis = 0;
        for (int i = 0; i < 3; i++)
        {
            millis = (millis * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }
}
