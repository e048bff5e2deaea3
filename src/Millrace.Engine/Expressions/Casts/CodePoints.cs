namespace Millrace.Engine.Expressions.Casts;

/// <summary>Lengths of UTF-8 texts in code points.</summary>
internal static class CodePoints
{
    /// <summary>
    /// How many bytes the first <paramref name="most"/> code points take, and how many of them there are.
    /// </summary>
    public static int Cut(ReadOnlySpan<byte> text, int most, out int count)
    {
        count = 0;
        if (text.Length <= most && most == int.MaxValue)
        {
            return text.Length;
        }

        for (int i = 0; i < text.Length; i++)
        {
            // Every byte but a continuation begins a code point.
            if ((text[i] & 0xC0) != 0x80 && count++ == most)
            {
                count = most;
                return i;
            }
        }

        return text.Length;
    }
}
