using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Millrace.Data.Numbers;

/// <summary>
/// Integers as decimal text: written as Java writes them, read as Java's <c>Long.parseLong</c> reads a trimmed text
/// (optional sign, decimal digits of any script, nothing else). UTF-8, no allocation. No state; safe from any thread.
/// </summary>
public static class IntegerText
{
    /// <summary>Room that any value of 64 bits needs.</summary>
    public const int MaxLength = 20;

    // "00".."99", one behind the other: two digits a division.
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, long value)
    {
        if (value >= 0)
        {
            return Write(to, (ulong)value);
        }

        to[0] = (byte)'-';
        return 1 + Write(to[1..], 0 - (ulong)value);
    }

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, ulong value)
    {
        int length = CountDigits(value);
        WriteDigits(to[..length], value);
        return length;
    }

    /// <summary>Fills the span with the value's last digits, with leading zeros.</summary>
    public static void WriteDigits(Span<byte> to, ulong value)
    {
        ReadOnlySpan<byte> pairs = Pairs;
        int at = to.Length;
        while (at >= 2)
        {
            ulong rest = value / 100;
            int pair = (int)(value - rest * 100) * 2;
            value = rest;
            to[--at] = pairs[pair + 1];
            to[--at] = pairs[pair];
        }

        if (at == 1)
        {
            to[0] = (byte)('0' + value % 10);
        }
    }

    /// <summary>Writes a number below 100 as two digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WritePair(Span<byte> to, uint value)
    {
        ReadOnlySpan<byte> pairs = Pairs;
        to[1] = pairs[(int)value * 2 + 1];
        to[0] = pairs[(int)value * 2];
    }

    /// <summary>How many decimal digits the value has; 1 for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountDigits(ulong value)
    {
        // 1233 / 4096 is log10(2): the guess is right or one too small.
        int guess = ((BitOperations.Log2(value | 1) + 1) * 1233) >> 12;
        return guess + (value >= DecimalPowers.OfUInt64(guess) ? 1 : 0) + (value == 0 ? 1 : 0);
    }

    /// <summary>Reads a text around which blanks and control characters do not count.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        text = TextTrim.Trim(text);
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        // Negative while reading: long.MinValue has no positive counterpart.
        while (!text.IsEmpty)
        {
            int digit = text[0] - '0';
            int length = 1;
            if ((uint)digit > 9 && !TryForeignDigit(text, out digit, out length))
            {
                return false;
            }

            if (value < long.MinValue / 10 || value * 10 < long.MinValue + digit)
            {
                return false;
            }

            value = value * 10 - digit;
            text = text[length..];
        }

        if (negative)
        {
            return true;
        }

        value = 0 - value;
        return value >= 0;
    }

    /// <summary>
    /// A decimal digit of another script at the start of the text, as Java's <c>Character.digit</c> takes it.
    /// </summary>
    internal static bool TryForeignDigit(ReadOnlySpan<byte> text, out int digit, out int length)
    {
        digit = -1;
        if (text[0] < 0x80 || Rune.DecodeFromUtf8(text, out Rune rune, out length) != OperationStatus.Done)
        {
            length = 1;
            return false;
        }

        if (Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.DecimalDigitNumber)
        {
            return false;
        }

        digit = (int)Rune.GetNumericValue(rune);
        return true;
    }
}
