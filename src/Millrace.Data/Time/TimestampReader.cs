using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Data.Time;

/// <summary>
/// Reads timestamp texts of one standard into milliseconds since the epoch, exactly the texts that Flink's JSON takes
/// (a TIMESTAMP must not have a zone, a TIMESTAMP_LTZ must end in Z), or any usual one where the standard is lenient.
/// Digits beyond the millisecond are cut. Remembers the last date read, because neighbours share it: one reader per
/// column and thread.
/// </summary>
public struct TimestampReader
{
    private readonly TimestampStandard standard;
    private readonly bool withZ;

    // "2024-01-02" as 8 + 2 bytes and its midnight. Only dates that need no clamping are kept.
    private ulong cachedYearMonth;
    private ushort cachedDay;
    private long cachedMidnight;

    /// <summary>A reader for TIMESTAMP, or TIMESTAMP_LTZ where <paramref name="zoned"/>.</summary>
    public TimestampReader(TimestampStandard standard, bool zoned)
    {
        this.standard = standard;
        withZ = zoned;

        // No byte of UTF-8, so no text matches before the first date.
        cachedYearMonth = ulong.MaxValue;
    }

    /// <summary>The forms seen so far by a lenient reader.</summary>
    public TimestampForms Seen { get; internal set; }

    /// <summary>Reads the whole text; false if it is no timestamp of the standard.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ReadOnlySpan<byte> text, out long millis) =>
        TryUsual(text, out millis) || TryFast(text, out millis) || TrySlow(text, out millis);

    /// <summary>
    /// Reads a text with milliseconds whose date is that of the last: twelve bytes at known places. Of any other one
    /// false, and <see cref="TryRead"/> has to be asked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryUsual(ReadOnlySpan<byte> text, out long millis)
    {
        bool z = text.Length == 24;
        if ((!z && text.Length != 23) || (z && text[23] != 'Z') || !TryDateAndTime(text, out millis))
        {
            millis = 0;
            return false;
        }

        // ".123": as with the time, zero for the point.
        ref byte fraction = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), 19);
        uint digits = Unsafe.ReadUnaligned<uint>(ref fraction) ^ 0x3030_302E;
        millis += ((digits >> 8) & 15) * 100 + ((digits >> 16) & 15) * 10 + (digits >> 24);
        bool t = text[10] == 'T';
        bool fits = standard == TimestampStandard.Lenient ? t | text[10] == ' '
            : z == withZ & text[10] == (standard == TimestampStandard.Sql ? ' ' : 'T');
        fits &= ((digits | (digits + 0x7676_767F)) & 0x8080_8080) == 0;
        if (fits && standard == TimestampStandard.Lenient)
        {
            Seen |= (z ? TimestampForms.Utc : TimestampForms.Local) | (t ? TimestampForms.Iso8601 : TimestampForms.Sql);
        }

        return fits;
    }

    private bool TrySlow(ReadOnlySpan<byte> text, out long millis)
    {
        if (standard == TimestampStandard.Lenient)
        {
            if (text.Length >= 19 && text[10] is (byte)'T' or (byte)' ' && TryLenientFast(text, out millis))
            {
                return true;
            }

            bool read = LenientTimestamp.TryRead(text, out millis, out TimestampForms form);
            Seen |= form;
            Remember(text, millis, read);
            return read;
        }

        bool ok = StrictTimestamp.TryRead(text, standard, withZ, out millis, out bool clamped);
        Remember(text, millis, ok && !clamped);
        return ok;
    }

    private bool TryLenientFast(ReadOnlySpan<byte> text, out long millis)
    {
        bool z = text[^1] == 'Z';
        if (!TryDateAndTime(text, out millis) || !TryFraction(text[19..(z ? ^1 : ^0)], ref millis))
        {
            return false;
        }

        Seen |= z ? TimestampForms.Utc : TimestampForms.Local;
        Seen |= text[10] == 'T' ? TimestampForms.Iso8601 : TimestampForms.Sql;
        return true;
    }

    private readonly bool TryFast(ReadOnlySpan<byte> text, out long millis)
    {
        millis = 0;
        int end = withZ ? text.Length - 1 : text.Length;
        if (standard == TimestampStandard.Lenient || end < 19
            || text[10] != (standard == TimestampStandard.Sql ? ' ' : 'T') || (withZ && text[end] != 'Z'))
        {
            return false;
        }

        return TryDateAndTime(text, out millis) && TryFraction(text[19..end], ref millis);
    }

    // "HH:mm:ss" is one 8-byte word: after the xor every byte is a digit's value, or zero for a colon.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryDateAndTime(ReadOnlySpan<byte> text, out long millis)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        millis = cachedMidnight;
        if (!BitConverter.IsLittleEndian
            || Unsafe.ReadUnaligned<ulong>(ref start) != cachedYearMonth
            || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, 8)) != cachedDay)
        {
            return false;
        }

        ulong digits = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 11)) ^ 0x3030_3A30_303A_3030;
        if (((digits | (digits + 0x7676_7F76_767F_7676)) & 0x8080_8080_8080_8080) != 0)
        {
            return false;
        }

        uint hour = (uint)(digits & 15) * 10 + (uint)((digits >> 8) & 15);
        uint minute = (uint)((digits >> 24) & 15) * 10 + (uint)((digits >> 32) & 15);
        uint second = (uint)((digits >> 48) & 15) * 10 + (uint)(digits >> 56);
        millis += (hour * 3600 + minute * 60 + second) * 1000L;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref long millis)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length > 10 || text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        int value = text.Length > 1 ? (text[1] - '0') * 100 : 0;
        value += text.Length > 2 ? (text[2] - '0') * 10 : 0;
        value += text.Length > 3 ? text[3] - '0' : 0;
        millis += value;
        return true;
    }

    private void Remember(ReadOnlySpan<byte> text, long millis, bool ok)
    {
        int at = 0;
        if (ok && text.Length >= 19 && text[4] == '-'
            && DateTimeScanner.TryDate(text, ref at, clamp: false, out long days) && at == 10)
        {
            cachedYearMonth = MemoryMarshal.Read<ulong>(text);
            cachedDay = MemoryMarshal.Read<ushort>(text[8..]);
            cachedMidnight = days * CivilDate.MillisPerDay;
        }
    }
}
