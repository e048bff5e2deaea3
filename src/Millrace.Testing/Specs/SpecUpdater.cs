namespace Millrace.Testing.Specs;

/// <summary>
/// Rewrites the golden sections of a spec file, <c>plan</c>, <c>columns</c> and <c>error</c>, with what the compiler
/// says now. Sections that a spec does not have are not added; rows are never rewritten, they are what the spec is
/// about.
/// </summary>
public static class SpecUpdater
{
    public static string Update(string path, string text)
    {
        List<string> lines = [.. text.ReplaceLineEndings("\n").Split('\n')];
        IReadOnlyList<SpecOutline> outlines = SpecOutline.Of(text);
        IReadOnlyList<Spec> specs = SpecReader.Read(path, text);
        for (int i = specs.Count - 1; i >= 0; i--)
        {
            if (specs[i].Sql.Length > 0)
            {
                (string plan, string columns, string error) = new SpecRunner(specs[i]).Golden();
                Dictionary<string, string> golden = new(StringComparer.Ordinal)
                {
                    ["plan"] = plan,
                    ["columns"] = columns,
                    ["error"] = error,
                };
                outlines[i].Sections.Where(s => golden.ContainsKey(s.Word)).Reverse().ToList()
                    .ForEach(s => Replace(lines, s, golden[s.Word]));
            }
        }

        return string.Join('\n', lines);
    }

    private static void Replace(List<string> lines, SpecSection section, string text)
    {
        lines.RemoveRange(section.Line, section.Lines.Count);
        lines.InsertRange(section.Line, text.Length == 0 ? [] : text.Split('\n'));
    }
}
