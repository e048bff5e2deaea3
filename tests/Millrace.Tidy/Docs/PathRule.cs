using System.Text.RegularExpressions;

namespace Millrace.Tidy.Docs;

/// <summary>Law 10: a path that a document names exists.</summary>
public static partial class PathRule
{
    private static readonly string[] Roots =
        ["src/", "tests/", "specs/", "docs/", "examples/", "eng/", "bench/", "./", "README", "ARCHITECTURE", "STYLE",
            "CONTRIBUTING"];

    /// <param name="document">The document's own path; links are relative to its folder.</param>
    /// <param name="text">What it says.</param>
    /// <param name="exists">Whether a path of the repository exists.</param>
    public static IEnumerable<string> Check(string document, string text, Predicate<string> exists)
    {
        string folder = Path.GetDirectoryName(document)!.Replace('\\', '/');
        IEnumerable<(string Named, string Path)> links = Link().Matches(text).Select(m => m.Groups[1].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && t[0] != '#')
            .Select(t => (t, Normal(folder + "/" + t.Split('#')[0])));
        IEnumerable<(string Named, string Path)> quoted = Quoted().Matches(text).Select(m => m.Groups[1].Value)
            .Where(IsPath).Select(p => (p, Normal(p)));
        return links.Concat(quoted).Where(p => !exists(p.Path) && !exists(Normal(folder + "/" + p.Path))).Distinct()
            .Select(p => $"{document}: names {p.Named}, which does not exist");
    }

    /// <summary>A quoted word that starts like a path of ours, holds no placeholder, and is not made at run
    /// time.</summary>
    private static bool IsPath(string word) =>
        Roots.Any(r => word.StartsWith(r, StringComparison.Ordinal))
            && word.IndexOfAny(['*', '<', '{', '…', ' ', '$', '[']) < 0
        && !word.Contains("...", StringComparison.Ordinal) && !word.Contains("/.millrace", StringComparison.Ordinal);

    private static string Normal(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/').Where(p => p.Length > 0 && p != "."))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}
