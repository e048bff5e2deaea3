using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Millrace.Data.Json;

/// <summary>
/// A place in one record's bytes, and the reading of JSON's tokens from there, as strict as Flink's parser: control
/// characters inside strings pass, anything else outside RFC 8259 does not. Never reads at or behind <see
/// cref="End"/>.
/// </summary>
internal unsafe struct JsonCursor
{
    public byte* At;
    public byte* End;

    /// <summary>Where offset 0 of the buffer would be: a slice's start is its address minus this.</summary>
    public byte* Base;

    /// <summary>
    /// Set for records that are not valid UTF-8 as a whole: every string is then looked at by itself.
    /// </summary>
    public bool CheckUtf8;
    public int Depth;
    public int MaxDepth;
    public int MaxDigits;

    /// <summary>The next byte, 0 at the end.</summary>
    public readonly byte Next => At < End ? *At : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipBlanks()
    {
        while (At < End && *At <= ' ' && *At is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            At++;
        }
    }

    /// <summary>Takes one byte if it comes next.</summary>
    public bool TryTake(byte expected)
    {
        if (At < End && *At == expected)
        {
            At++;
            return true;
        }

        return false;
    }

    /// <summary>Blanks, a colon, blanks.</summary>
    public bool TryTakeColon()
    {
        SkipBlanks();
        if (!TryTake((byte)':'))
        {
            return false;
        }

        SkipBlanks();
        return true;
    }

    public bool TryTakeLiteral(ReadOnlySpan<byte> literal)
    {
        if (End - At < literal.Length || !new ReadOnlySpan<byte>(At, literal.Length).SequenceEqual(literal))
        {
            return false;
        }

        At += literal.Length;
        return true;
    }

    /// <summary>Goes one object or array deeper, over its bracket.</summary>
    public JsonFault Enter()
    {
        At++;
        return ++Depth > MaxDepth ? JsonFault.Depth : JsonFault.None;
    }

    /// <summary>
    /// Takes a string at its opening quote: where its content is, and whether it has escapes. Escapes are not looked
    /// at.
    /// </summary>
    public JsonFault TakeString(out byte* start, out int length, out bool escaped)
    {
        byte* p = At + 1;
        start = p;
        length = 0;
        escaped = false;
        while (true)
        {
            p = FindQuoteOrBackslash(p, End);
            if (p >= End)
            {
                At = End;
                return JsonFault.Syntax;
            }

            if (*p == '"')
            {
                break;
            }

            escaped = true;
            p += 2;
        }

        length = (int)(p - start);
        At = p + 1;
        return CheckUtf8 ? CheckString(new ReadOnlySpan<byte>(start, length)) : JsonFault.None;
    }

    /// <summary>Takes a string of no interest.</summary>
    public JsonFault SkipString()
    {
        JsonFault fault = TakeString(out byte* start, out int length, out bool escaped);
        if (fault == JsonFault.None && escaped && !JsonEscapes.AreValid(new ReadOnlySpan<byte>(start, length)))
        {
            fault = JsonFault.Syntax;
        }

        return fault == JsonFault.Type ? JsonFault.Utf8 : fault;
    }

    /// <summary>Takes a number at its first byte.</summary>
    public JsonFault TakeNumber(out JsonNumber number)
    {
        number = default;
        number.Start = At;
        number.IsInteger = true;
        byte* p = At;
        if (*p == '-')
        {
            number.Negative = true;
            p++;
        }

        byte* whole = p;
        ulong mantissa = 0;
        int significant = 0;
        Digits(ref p, ref mantissa, ref significant);
        int digits = (int)(p - whole);
        if (digits == 0 || (digits > 1 && *whole == '0'))
        {
            At = p;
            return JsonFault.Syntax;
        }

        if (p < End && *p == '.')
        {
            number.IsInteger = false;
            byte* fraction = ++p;
            Digits(ref p, ref mantissa, ref significant);
            number.Exponent = -(int)(p - fraction);
            digits += (int)(p - fraction);
            if (p == fraction)
            {
                At = p;
                return JsonFault.Syntax;
            }
        }

        number.Mantissa = mantissa;
        number.Significant = significant;
        At = p;
        if (p < End && (*p | 0x20) == 'e' && !TakeExponent(ref number, ref digits))
        {
            return JsonFault.Syntax;
        }

        number.Length = (int)(At - number.Start);
        return digits > MaxDigits ? JsonFault.Digits : JsonFault.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Digits(ref byte* p, ref ulong mantissa, ref int significant)
    {
        uint digit;
        while (p < End && (digit = (uint)(*p - '0')) <= 9)
        {
            mantissa = mantissa * 10 + digit;
            significant += mantissa != 0 || significant != 0 ? 1 : 0;
            p++;
        }
    }

    private bool TakeExponent(ref JsonNumber number, ref int digits)
    {
        number.IsInteger = false;
        byte* p = At + 1;
        bool negative = p < End && *p == '-';
        p += p < End && *p is (byte)'-' or (byte)'+' ? 1 : 0;
        byte* first = p;
        int exponent = 0;
        for (; p < End && (uint)(*p - '0') <= 9; p++)
        {
            exponent = Math.Min(exponent * 10 + (*p - '0'), 1_000_000);
        }

        number.Exponent += negative ? -exponent : exponent;
        digits += (int)(p - first);
        At = p;
        return p > first;
    }

    /// <summary>The first quote or backslash, or the end.</summary>
    public static byte* FindQuoteOrBackslash(byte* p, byte* end)
    {
        while (end - p >= Vector256<byte>.Count)
        {
            uint found = QuotesAndBackslashes(Vector256.Load(p));
            if (found != 0)
            {
                return p + BitOperations.TrailingZeroCount(found);
            }

            p += Vector256<byte>.Count;
        }

        while (p < end && *p != '"' && *p != '\\')
        {
            p++;
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint QuotesAndBackslashes(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')))
            .ExtractMostSignificantBits();

    // A sequence cut off by the closing quote spoils the value alone, as an escape does; anything else the record.
    private static JsonFault CheckString(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return JsonFault.None;
        }

        while (true)
        {
            switch (Rune.DecodeFromUtf8(text, out _, out int used))
            {
                case System.Buffers.OperationStatus.Done:
                    text = text[used..];
                    break;
                case System.Buffers.OperationStatus.NeedMoreData:
                    return JsonFault.Type;
                default:
                    return JsonFault.Utf8;
            }
        }
    }
}
