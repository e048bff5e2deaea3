namespace Millrace.Tidy.Layers;

/// <summary>A project's row of <c>eng/layers.txt</c>.</summary>
/// <param name="Layer">0 is the lowest.</param>
/// <param name="Name">The project without <c>Millrace.</c></param>
/// <param name="MayReference">Projects, or <c>*</c> for all below.</param>
public sealed record LayerRow(int Layer, string Name, IReadOnlyList<string> MayReference);

/// <summary><c>eng/layers.txt</c>: which project may reference which, and the order of folders inside
/// projects.</summary>
/// <param name="Projects">By name.</param>
/// <param name="Folders">Per project its folders, lowest first.</param>
public sealed record LayerTable(
    IReadOnlyDictionary<string, LayerRow> Projects, IReadOnlyDictionary<string, IReadOnlyList<string>> Folders)
{
    public static LayerTable OfRepository() => Parse(Repository.Read("eng/layers.txt"));

    public static LayerTable Parse(string text)
    {
        Dictionary<string, LayerRow> projects = [];
        Dictionary<string, IReadOnlyList<string>> folders = [];
        string section = "";
        foreach (string line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == '[')
            {
                section = line;
                continue;
            }

            string[] halves = line.Split(':', 2);
            string[] listed =
                halves[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (section == "[folders]")
            {
                folders.Add(halves[0], listed);
                continue;
            }

            string[] left = halves[0].Split(' ', 2, StringSplitOptions.TrimEntries);
            projects.Add(left[1], new LayerRow(left[0][1] - '0', left[1], listed));
        }

        return new LayerTable(projects, folders);
    }

    /// <summary>Whether a project may reference another.</summary>
    public bool Allows(string from, string to) =>
        Projects.TryGetValue(from, out LayerRow? row)
        && (row.MayReference.Contains(to, StringComparer.Ordinal)
            || (row.MayReference.Contains("*", StringComparer.Ordinal) && Projects[to].Layer < row.Layer));

    /// <summary>Whether a project must see no ambient clock, thread, disk or randomness.</summary>
    public bool IsBelowHosting(string project) => Projects.TryGetValue(project, out LayerRow? row) && row.Layer <= 3;
}
