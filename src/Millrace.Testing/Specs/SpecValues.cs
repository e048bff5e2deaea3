namespace Millrace.Testing.Specs;

/// <summary>Reads a <c>values</c> section: <c>expression => TYPE: json | json</c>, or <c>expression =>
/// MR0203</c>.</summary>
internal static class SpecValues
{
    private const string Arrow = "=>";

    public static IEnumerable<SpecValue> Read(SpecSection section)
    {
        for (int i = 0; i < section.Lines.Count; i++)
        {
            if (section.Lines[i].Trim().Length > 0)
            {
                yield return Read(section.Lines[i], section.Line + 1 + i);
            }
        }
    }

    private static SpecValue Read(string line, int number)
    {
        int arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0)
        {
            throw new FormatException($"line {number}: a value is \"expression => TYPE: json | json\"");
        }

        string expression = line[..arrow].Trim();
        string meaning = line[(arrow + Arrow.Length)..].Trim();
        if (meaning.StartsWith("MR", StringComparison.Ordinal))
        {
            return new SpecValue(expression, "", [], meaning, number);
        }

        string[] halves = meaning.Split(':', 2, StringSplitOptions.TrimEntries);
        return new SpecValue(
            expression, halves[0], halves[1].Split(" | ", StringSplitOptions.TrimEntries), null, number);
    }
}
