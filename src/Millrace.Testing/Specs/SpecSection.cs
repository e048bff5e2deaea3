namespace Millrace.Testing.Specs;

/// <summary>A section of a spec file: a line <c>--- word arguments</c> and what follows up to the next section or
/// name.</summary>
/// <param name="Word">What it holds: <c>table</c>, <c>sql</c>, <c>input</c> ...</param>
/// <param name="Arguments">The rest of the line.</param>
/// <param name="Line">The line of the heading, from one.</param>
/// <param name="Lines">What it holds, without empty lines at its end.</param>
public sealed record SpecSection(string Word, string Arguments, int Line, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);
}

/// <summary>A spec cut into its sections.</summary>
/// <param name="Name">The text behind <c># </c>.</param>
/// <param name="Line">Its line, from one.</param>
/// <param name="Sections">In the order in which they stand.</param>
public sealed record SpecOutline(string Name, int Line, IReadOnlyList<SpecSection> Sections)
{
    private const string Mark = "--- ";

    /// <summary>Cuts a file: a spec begins with <c># name</c>, a section with <c>--- word</c>; text before a section is
    /// prose.</summary>
    public static IReadOnlyList<SpecOutline> Of(string text)
    {
        List<SpecOutline> specs = [];
        List<SpecSection> sections = [];
        List<string> lines = [];
        string[] all = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].StartsWith("# ", StringComparison.Ordinal))
            {
                sections = [];
                lines = [];
                specs.Add(new SpecOutline(all[i][2..].Trim(), i + 1, sections));
            }
            else if (all[i].StartsWith(Mark, StringComparison.Ordinal))
            {
                lines = [];
                string[] heading = all[i][Mark.Length..].Trim().Split(' ', 2);
                sections.Add(new SpecSection(heading[0], heading.Length > 1 ? heading[1].Trim() : "", i + 1, lines));
            }
            else
            {
                lines.Add(all[i]);
            }
        }

        return [.. specs.Select(s => s with { Sections = [.. s.Sections.Select(Trimmed)] })];
    }

    private static SpecSection Trimmed(SpecSection section) => section with
    {
        Lines = [.. section.Lines.Take(section.Lines.ToList().FindLastIndex(l => l.Trim().Length > 0) + 1)],
    };
}
