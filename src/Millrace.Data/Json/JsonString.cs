using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Millrace.Data.Text;

namespace Millrace.Data.Json;

/// <summary>
/// Writes strings as Flink's JSON writer does: quote and backslash, controls below 0x20 as \b \f \n \r \t or \u001F,
/// characters beyond the basic plane as two upper-case escapes; everything else, also DEL and '/', as it is.
/// </summary>
public static class JsonString
{
    private static readonly SearchValues<byte> EscapedInBasicPlane =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    // What begins a character beyond the basic plane, too.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0xF0, 16)).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private static ReadOnlySpan<byte> Letters => "\0\0\0\0\0\0\0\0btn\0fr"u8;

    private static ReadOnlySpan<byte> Hex => "0123456789ABCDEF"u8;

    /// <summary>Appends the text with its quotes.</summary>
    public static void Append(ByteBuffer to, ReadOnlySpan<byte> text) => Append(to, text, escapeSupplementary: true);

    /// <summary>Room that <see cref="WritePlain"/> needs beside the text: quotes, and a vector behind.</summary>
    internal const int RoomBeside = 2 + 32;

    /// <summary>Appends a row's text with its quotes.</summary>
    internal static void Append(ByteBuffer to, BytesVector vector, int row)
    {
        int length = WritePlain(ref to.ReserveAt(vector.Lengths[row] + RoomBeside), vector, row);
        to.Length += length;
        if (length == 0)
        {
            Append(to, vector.Slice(row), escapeSupplementary: true);
        }
    }

    /// <summary>
    /// Writes a row's text with its quotes and returns how many bytes that took; 0 when something in it has to be
    /// escaped. One scan decides and copies.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int WritePlain(ref byte target, BytesVector vector, int row)
    {
        int length = vector.Lengths[row];
        if (!TryCopyPlain(vector.Data, vector.Starts[row], length, ref Unsafe.Add(ref target, 1)))
        {
            return 0;
        }

        target = (byte)'"';
        Unsafe.Add(ref target, length + 1) = (byte)'"';
        return length + 2;
    }

    // Copies in whole vectors, over the end of the text where the source goes on; the target has a vector more room
    // than the text.
    private static bool TryCopyPlain(byte[] source, int start, int length, ref byte to)
    {
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), start);
        int at = 0;
        for (; at <= length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref from, (nuint)at);
            if (ToEscape(bytes) != 0)
            {
                return false;
            }

            bytes.StoreUnsafe(ref to, (nuint)at);
        }

        int rest = length - at;
        if (source.Length - start - at >= Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref from, (nuint)at);
            bytes.StoreUnsafe(ref to, (nuint)at);
            return (ToEscape(bytes) & ((1u << rest) - 1)) == 0;
        }

        ReadOnlySpan<byte> tail = source.AsSpan(start + at, rest);
        tail.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, at), rest));
        return FirstToEscape(tail, escapeSupplementary: true) == rest;
    }

    /// <summary>A bit for each byte that cannot be copied. From 0xF0 on they wrap to stand before the
    /// controls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint ToEscape(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes + Vector256.Create((byte)0x10), Vector256.Create((byte)0x30)))
        .ExtractMostSignificantBits();

    internal static void Append(ByteBuffer to, ReadOnlySpan<byte> text, bool escapeSupplementary)
    {
        Span<byte> room = to.Reserve(text.Length + 2);
        room[0] = (byte)'"';
        if (FirstToEscape(text, escapeSupplementary) == text.Length)
        {
            text.CopyTo(room[1..]);
            room[text.Length + 1] = (byte)'"';
            to.Length += text.Length + 2;
            return;
        }

        to.Length++;
        AppendEscaped(to, text, escapeSupplementary);
        to.Append((byte)'"');
    }

    /// <summary>The index of the first byte that cannot be copied, or the length.</summary>
    private static int FirstToEscape(ReadOnlySpan<byte> text, bool escapeSupplementary)
    {
        int found = text.IndexOfAny(escapeSupplementary ? Escaped : EscapedInBasicPlane);
        return found < 0 ? text.Length : found;
    }

    private static void AppendEscaped(ByteBuffer to, ReadOnlySpan<byte> text, bool escapeSupplementary)
    {
        while (!text.IsEmpty)
        {
            int plain = FirstToEscape(text, escapeSupplementary);
            to.Append(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty)
            {
                return;
            }

            if (text[0] >= 0x80)
            {
                Rune.DecodeFromUtf8(text, out Rune rune, out int used);
                AppendSurrogates(to, rune, text[..used]);
                text = text[used..];
                continue;
            }

            AppendShort(to, text[0]);
            text = text[1..];
        }
    }

    private static void AppendSurrogates(ByteBuffer to, Rune rune, ReadOnlySpan<byte> raw)
    {
        Span<char> units = stackalloc char[2];
        if (rune.EncodeToUtf16(units) < 2)
        {
            // Bytes that are no UTF-8 never come out of a decoder; pass them on unharmed.
            to.Append(raw);
            return;
        }

        AppendUnit(to, units[0]);
        AppendUnit(to, units[1]);
    }

    private static void AppendShort(ByteBuffer to, byte b)
    {
        byte letter = LetterOf(b);
        if (letter == 0)
        {
            AppendUnit(to, (char)b);
            return;
        }

        Span<byte> room = to.Reserve(2);
        room[0] = (byte)'\\';
        room[1] = letter;
        to.Length += 2;
    }

    /// <summary>What stands behind the backslash where two characters are a byte's escape; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte LetterOf(byte b) =>
        b is (byte)'"' or (byte)'\\' ? b : b < Letters.Length ? Letters[b] : (byte)0;

    private static void AppendUnit(ByteBuffer to, char unit)
    {
        Span<byte> room = to.Reserve(6);
        room[0] = (byte)'\\';
        room[1] = (byte)'u';
        for (int i = 0; i < 4; i++)
        {
            room[2 + i] = Hex[unit >> (12 - 4 * i) & 15];
        }

        to.Length += 6;
    }
}
