namespace Millrace.Data.Json;

/// <summary>
/// Base64 as Flink's parser takes it: padding is required, blanks and control characters may stand before each group
/// of four.
/// </summary>
internal static class Base64Text
{
    /// <summary>
    /// Decodes into a row. A text cut after one character of a group, or with a byte that is not ASCII, is a syntax
    /// fault: there the parser loses its place in the record.
    /// </summary>
    public static JsonFault Read(ReadOnlySpan<byte> text, BytesVector vector, int row)
    {
        Span<byte> bytes = text.Length <= 1024 ? stackalloc byte[1024] : new byte[text.Length];
        int length = 0;
        while (true)
        {
            int blanks = text.IndexOfAnyExceptInRange((byte)0, (byte)' ');
            if (blanks < 0)
            {
                vector.SetAside(row, bytes[..length]);
                return JsonFault.None;
            }

            text = text[blanks..];
            JsonFault fault = Group(text, bytes[length..], out int decoded);
            if (fault != JsonFault.None)
            {
                return fault;
            }

            length += decoded;
            text = text[4..];
        }
    }

    private static JsonFault Group(ReadOnlySpan<byte> text, Span<byte> to, out int decoded)
    {
        decoded = 0;
        ReadOnlySpan<byte> group = text[..Math.Min(4, text.Length)];
        int bits = 0;
        int digits = 0;
        while (digits < group.Length && Value(group[digits]) is >= 0 and int value)
        {
            bits = (bits << 6) | value;
            digits++;
        }

        if (digits < group.Length && group[digits] >= 0x80)
        {
            return JsonFault.Syntax;
        }

        bool padded = group.Length == 4 && digits >= 2 && group[digits..].TrimStart((byte)'=').IsEmpty;
        if (!padded)
        {
            return group.Length == 1 && digits == 1 ? JsonFault.Syntax : JsonFault.Type;
        }

        bits <<= 6 * (4 - digits);
        decoded = digits - 1;
        to[0] = (byte)(bits >> 16);
        if (decoded > 1)
        {
            to[1] = (byte)(bits >> 8);
        }

        if (decoded > 2)
        {
            to[2] = (byte)bits;
        }

        return JsonFault.None;
    }

    private static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
