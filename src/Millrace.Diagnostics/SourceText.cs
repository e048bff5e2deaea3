namespace Millrace.Diagnostics;

/// <summary>
/// A text with a name: one file of the project, or a part of one. Immutable; safe to share between threads.
/// </summary>
public sealed class SourceText
{
    private readonly int[] lineStarts;

    public SourceText(string name, string text)
    {
        Name = name;
        Text = text;
        lineStarts = FindLineStarts(text);
    }

    /// <summary>The file as the user names it, relative to the project's folder; or a label such as
    /// <c>&lt;query&gt;</c>.</summary>
    public string Name { get; }

    public string Text { get; }

    public int LineCount => lineStarts.Length;

    /// <summary>Line and column, both from zero, of an offset into <see cref="Text"/>.</summary>
    public (int Line, int Column) Position(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        int line = Array.BinarySearch(lineStarts, offset);
        line = line < 0 ? ~line - 1 : line;
        return (line, offset - lineStarts[line]);
    }

    /// <summary>The text of a line, without its line break.</summary>
    public string Line(int line)
    {
        int start = lineStarts[line];
        int end = line + 1 < lineStarts.Length ? lineStarts[line + 1] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }

    private static int[] FindLineStarts(string text)
    {
        List<int> starts = [0];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
