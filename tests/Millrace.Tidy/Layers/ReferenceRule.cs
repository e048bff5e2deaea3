using System.Xml.Linq;

namespace Millrace.Tidy.Layers;

/// <summary>Law 1: project references follow the table; tests are referenced by nobody.</summary>
public static class ReferenceRule
{
    public static IEnumerable<string> Check(LayerTable table, string path, string projectFile)
    {
        string name = Path.GetFileNameWithoutExtension(path)["Millrace.".Length..];
        if (!table.Projects.ContainsKey(name))
        {
            yield return $"{path}: {name} has no row in eng/layers.txt; add it to [projects] on its layer, with what "
                + "it may reference";
            yield break;
        }

        foreach (string target in Elements(projectFile, "ProjectReference"))
        {
            string other = Path.GetFileNameWithoutExtension(target.Replace('\\', '/'))["Millrace.".Length..];
            if (!target.Replace('\\', '/').StartsWith("../Millrace.", StringComparison.Ordinal))
            {
                yield return $"{path}: references {target}, which is not in src; the product stands without its tests";
            }
            else if (!table.Allows(name, other))
            {
                yield return $"{path}: {name} may not reference {other} (eng/layers.txt); move the code down, or hand "
                    + "it in as an argument";
            }
        }

        if (projectFile.Contains("DisableTransitiveProjectReferences", StringComparison.Ordinal))
        {
            yield return $"{path}: DisableTransitiveProjectReferences is set for all in Directory.Build.props; leave "
                + "it alone here";
        }
    }

    /// <summary>The table itself: arrows point down, or sideways to an earlier row, so there is no cycle.</summary>
    public static IEnumerable<string> CheckTable(LayerTable table)
    {
        List<string> order = [.. table.Projects.Keys];
        foreach (LayerRow row in table.Projects.Values)
        {
            foreach (string to in row.MayReference.Where(t => t != "*"))
            {
                if (!table.Projects.TryGetValue(to, out LayerRow? target))
                {
                    yield return $"eng/layers.txt: {row.Name} may reference {to}, which has no row";
                }
                else if (target.Layer > row.Layer || order.IndexOf(to) >= order.IndexOf(row.Name))
                {
                    yield return $"eng/layers.txt: {row.Name} (L{row.Layer}) points up to {to} (L{target.Layer})";
                }
            }
        }
    }

    private static IEnumerable<string> Elements(string projectFile, string name) =>
        XDocument.Parse(projectFile).Descendants(name).Select(e => (string?)e.Attribute("Include") ?? "")
            .Where(i => i.Length > 0);
}
