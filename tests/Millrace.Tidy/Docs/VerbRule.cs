using System.Text.RegularExpressions;

namespace Millrace.Tidy.Docs;

/// <summary>Law 10: a command that a document names is a verb of the command line, and every verb is
/// explained.</summary>
public static partial class VerbRule
{
    /// <summary>The verbs: <c>src/Millrace.Cli/Verbs/ValidateVerb.cs</c> is <c>validate</c>.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<string> paths) => paths
        .Select(p => Path.GetFileNameWithoutExtension(p))
        .Where(n => n.EndsWith("Verb", StringComparison.Ordinal))
        .Select(n => n[..^4].ToLowerInvariant())
        .ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<string> Check(string document, string text, IReadOnlySet<string> verbs) =>
        Code().Matches(text).SelectMany(c => Command().Matches(c.Value))
            .Select(m => m.Groups[1].Value).Where(v => !verbs.Contains(v)).Distinct(StringComparer.Ordinal)
            .Select(
                v => $"{document}: names the command \"millrace {v}\"; there are: {string.Join(", ", verbs.Order())}");

    public static IEnumerable<string> Unexplained(string reference, IReadOnlySet<string> verbs) =>
        verbs.Where(v => !reference.Contains($"`millrace {v}", StringComparison.Ordinal))
            .Select(v => $"docs/cli.md does not explain \"millrace {v}\"");

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w/.-])(?:\./)?millrace +([a-z][a-z-]*)", RegexOptions.None, 1000)]
    private static partial Regex Command();
}
