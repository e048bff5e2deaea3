namespace Millrace.Data.Numbers;

/// <summary>Cuts what Java's <c>String.trim</c> cuts: everything up to and including the blank, at both ends.</summary>
internal static class TextTrim
{
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }
}
