namespace Millrace.Projects.Tests;

/// <summary>Damages a text a few times, as a tired hand or a bad merge would. The same seed does the same.</summary>
internal static class SeedMutation
{
    private static readonly string[] Snippets =
    [
        "{{", "}}", "{% if var(\"x\") %}", "{% endif %}", "${", "${X}", ": ", "- ", "\t", "\"", "'", "|", ">", "&a ",
        "*a", "[", "]", "{", "}",
        "#", "\n", "\r\n", "\n---\n", "null", "~", "0", "-1", "9999999999999", "1e400", "\u0000", "\uD83D", "é",
        "\uFEFF", "!!binary ", "<<: ", "? ", "name: events_clean", "sql:", "`", "--", "/*", "SELECT", "FROM",
        "event_time: {column: timestamp}", "%YAML 1.1\n",
    ];

    public static string Apply(string text, Random random)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            text = Once(text, random);
        }

        return text;
    }

    /// <summary>A text of what YAML and templates give a meaning to, in no order.</summary>
    public static string Noise(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(1, 30)).Select(_ => Snippets[random.Next(Snippets.Length)]));

    private static string Once(string text, Random random)
    {
        int at = random.Next(text.Length + 1);
        int length = Math.Min(random.Next(1, 12), text.Length - at);
        List<string> lines = [.. text.Split('\n')];
        int line = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 0:
                return text.Remove(at, length);
            case 1:
                return text[..at];
            case 2:
                return text.Insert(at, Snippets[random.Next(Snippets.Length)]);
            case 3:
                return text[..at] + Snippets[random.Next(Snippets.Length)] + text[(at + length)..];
            case 4:
                lines.RemoveAt(line);
                break;
            case 5:
                lines.Insert(random.Next(lines.Count), lines[line]);
                break;
            case 6:
                lines[line] = new string(' ', random.Next(1, 5)) + lines[line];
                break;
            case 7:
                lines[line] = lines[line].TrimStart(' ');
                break;
            default:
                int other = random.Next(lines.Count);
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
        }

        return string.Join('\n', lines);
    }
}
