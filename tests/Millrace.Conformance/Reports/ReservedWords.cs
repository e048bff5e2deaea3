using System.Text.RegularExpressions;

namespace Millrace.Conformance.Reports;

/// <summary>
/// The difference in reserved words, as a rule: Flink's parser stopped at a word that it reserves, Millrace does not
/// reserve the word and took it for a name. The words that Millrace reserves stand in <c>docs/differences.md</c>.
/// </summary>
/// <param name="Ours">The words that Millrace reserves, in upper case.</param>
public sealed partial record ReservedWords(IReadOnlySet<string> Ours)
{
    public const string Reason = "Reserved words: the word is a name wherever nothing else could stand there";

    /// <summary>Reads the list behind "Reserved, so to be written in back-quotes, are:".</summary>
    public static ReservedWords Read(string markdown)
    {
        string[] parts = markdown.Split("to be written in back-quotes, are:");
        string list = parts.Length < 2 ? "" : parts[1].Split(".\n")[0];
        return new ReservedWords(list.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a difference is of this kind.</summary>
    /// <param name="detail">What the judge says: that we accepted, and the recorded error.</param>
    public bool Explain(string detail) => detail.StartsWith("accepted", StringComparison.Ordinal)
        && StoppedAt().Match(detail) is { Success: true } match
        && !Ours.Contains(match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex(
        @"ParseException: (?:Encountered ""(?:\. )?|Incorrect syntax near the keyword ')([A-Za-z_]+)",
        RegexOptions.None, 1000)]
    private static partial Regex StoppedAt();
}
