using Millrace.Diagnostics;
using YamlDotNet.Core;

namespace Millrace.Projects;

/// <summary>
/// Aligns a scalar's value with the text that it was read from. YAML strips indentation, folds lines and resolves
/// escapes; the value is otherwise a subsequence of the raw text, so walking both finds each character. In a literal
/// block each line of the value is a suffix of the raw line, which makes the alignment exact:
/// <code>
/// sql: |
///   SELECT a      raw line   "  SELECT a"
///     FROM t      value line   "SELECT a"
/// </code>
/// </summary>
internal static class ScalarOffsets
{
    /// <summary>The file's offset of each character of the value, and of its end.</summary>
    public static int[] Of(string file, TextSpan raw, string value, ScalarStyle style)
    {
        int end = Math.Min(raw.End, file.Length);
        return style switch
        {
            ScalarStyle.Literal => OfLines(file, NextLine(file, raw.Start, end), end, value),
            ScalarStyle.Folded => OfCharacters(file, NextLine(file, raw.Start, end), end, value),
            ScalarStyle.Plain => OfCharacters(file, raw.Start, end, value),
            _ => OfCharacters(file, Math.Min(raw.Start + 1, end), end, value),
        };
    }

    private static int[] OfLines(string file, int at, int end, string value)
    {
        int[] offsets = new int[value.Length + 1];
        int start = 0;
        while (start <= value.Length)
        {
            int stop = value.IndexOf('\n', start);
            int length = (stop < 0 ? value.Length : stop) - start;
            int next = NextLine(file, at, end);
            int content = Math.Max(at, TrimBreak(file, at, next) - length);
            for (int i = 0; i <= length && start + i <= value.Length; i++)
            {
                offsets[start + i] = Math.Min(content + i, file.Length);
            }

            start += length + 1;
            at = next;
        }

        return offsets;
    }

    private static int[] OfCharacters(string file, int at, int end, string value)
    {
        int[] offsets = new int[value.Length + 1];
        for (int i = 0; i < value.Length; i++)
        {
            int found = char.IsWhiteSpace(value[i]) ? at : file.IndexOf(value[i], at, Math.Max(0, end - at));
            offsets[i] = found < 0 ? at : found;
            at = Math.Min(found < 0 ? at : SkipSpace(file, found + 1, end, value, i + 1), end);
        }

        offsets[value.Length] = at;
        return offsets;
    }

    /// <summary>Behind a line break and its indentation, unless the value goes on with white space of its
    /// own.</summary>
    private static int SkipSpace(string file, int at, int end, string value, int next)
    {
        bool wanted = next < value.Length && char.IsWhiteSpace(value[next]);
        while (!wanted && at < end && char.IsWhiteSpace(file[at]))
        {
            at++;
        }

        return at;
    }

    private static int NextLine(string file, int at, int end)
    {
        int stop = at < end ? file.IndexOf('\n', at, end - at) : -1;
        return stop < 0 ? end : stop + 1;
    }

    private static int TrimBreak(string file, int at, int next)
    {
        while (next > at && file[next - 1] is '\n' or '\r')
        {
            next--;
        }

        return next;
    }
}
