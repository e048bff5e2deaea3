using System.Globalization;

namespace Millrace.Data.Json;

/// <summary>
/// JSON's escapes in strings: checked, and replaced by the UTF-8 that they stand for. A lone surrogate becomes '?'.
/// </summary>
internal static class JsonEscapes
{
    public static bool AreValid(ReadOnlySpan<byte> raw)
    {
        int at;
        while ((at = raw.IndexOf((byte)'\\')) >= 0)
        {
            raw = raw[(at + 1)..];
            if (raw.IsEmpty || (raw[0] == 'u' ? !TryHex(raw[1..], out _) : Simple(raw[0]) == 0))
            {
                return false;
            }

            raw = raw[1..];
        }

        return true;
    }

    /// <summary>
    /// Writes the string's value, which is never longer than the raw text. False if an escape is none; then <paramref
    /// name="length"/> says whether the closing quote cut it off (-1) or not (0).
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> to, out int length)
    {
        length = 0;
        int at = 0;
        while (true)
        {
            int plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(to[at..]);
                length = at + raw.Length;
                return true;
            }

            raw[..plain].CopyTo(to[at..]);
            at += plain;
            raw = raw[(plain + 1)..];
            if (raw[0] != 'u')
            {
                byte simple = Simple(raw[0]);
                if (simple == 0)
                {
                    return false;
                }

                to[at++] = simple;
                raw = raw[1..];
                continue;
            }

            if (!TryHex(raw[1..], out int unit))
            {
                length = IsCutOff(raw[1..]) ? -1 : 0;
                return false;
            }

            raw = raw[5..];
            at += WriteUnit(unit, ref raw, to[at..]);
        }
    }

    private static int WriteUnit(int unit, ref ReadOnlySpan<byte> rest, Span<byte> to)
    {
        if (!char.IsSurrogate((char)unit))
        {
            return new System.Text.Rune((char)unit).EncodeToUtf8(to);
        }

        if (char.IsHighSurrogate((char)unit) && rest.Length >= 6 && rest[0] == '\\' && rest[1] == 'u'
            && TryHex(rest[2..], out int low) && char.IsLowSurrogate((char)low))
        {
            rest = rest[6..];
            return new System.Text.Rune((char)unit, (char)low).EncodeToUtf8(to);
        }

        to[0] = (byte)'?';
        return 1;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return text.Length >= 4 && text[..4].IndexOfAnyExcept(HexDigits) < 0
            && int.TryParse(text[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static readonly System.Buffers.SearchValues<byte> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static bool IsCutOff(ReadOnlySpan<byte> text) => text.Length < 4 && text.IndexOfAnyExcept(HexDigits) < 0;

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };
}
