using System.Text;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts as BOOLEAN: t, true, y, yes, 1 and f, false, n, no, 0 in any case, nothing around them.</summary>
internal sealed class BooleanParser : TextParser<byte>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out byte value)
    {
        value = IsOneOf(text, "t"u8, "true"u8, "y"u8, "yes"u8, "1"u8) ? (byte)1 : (byte)0;
        return value == 1 || IsOneOf(text, "f"u8, "false"u8, "n"u8, "no"u8, "0"u8);
    }

    private static bool IsOneOf(
        ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> a,
        ReadOnlySpan<byte> b,
        ReadOnlySpan<byte> c,
        ReadOnlySpan<byte> d,
        ReadOnlySpan<byte> e) =>
        Ascii.EqualsIgnoreCase(text, a) || Ascii.EqualsIgnoreCase(text, b) || Ascii.EqualsIgnoreCase(text, c)
        || Ascii.EqualsIgnoreCase(text, d) || Ascii.EqualsIgnoreCase(text, e);
}
