namespace Millrace.Data.Time;

/// <summary>
/// Timestamps as Flink's JSON takes them, text by text; the rules differ between the four combinations as Flink's do.
/// </summary>
internal static class StrictTimestamp
{
    public static bool TryRead(
        ReadOnlySpan<byte> text, TimestampStandard standard, bool withZ, out long millis, out bool clamped)
    {
        millis = 0;
        bool iso = standard == TimestampStandard.Iso8601;

        // Only ISO without a zone is read strictly, and only it takes a lower-case t.
        bool strict = iso && !withZ;
        int at = 0;
        bool ok = DateTimeScanner.TryDate(text, ref at, clamp: !strict, out long days)
            && (DateTimeScanner.TrySeparator(text, ref at, iso ? 'T' : ' ')
                || (strict && DateTimeScanner.TrySeparator(text, ref at, 't')));
        int date = 0;
        clamped = !ok || !DateTimeScanner.TryDate(text, ref date, clamp: false, out _);
        if (!ok
            || !DateTimeScanner.TryTime(
                text, ref at, secondsOptional: iso, midnight24: !strict, out int second, out int nano)
            || (withZ && !DateTimeScanner.TrySeparator(text, ref at, 'Z'))
            || at != text.Length)
        {
            return false;
        }

        millis = days * CivilDate.MillisPerDay + second * 1000L + nano / 1_000_000;
        return true;
    }
}
