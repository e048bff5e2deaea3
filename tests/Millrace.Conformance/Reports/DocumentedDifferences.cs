using System.Text.RegularExpressions;

namespace Millrace.Conformance.Reports;

/// <summary>A row of the table in <c>docs/differences.md</c>; <c>*</c> in a cell stands for anything.</summary>
/// <param name="File">The file of cases, without its ending.</param>
/// <param name="Case">The case.</param>
/// <param name="Expression">The expression, or the line of an input, or what the runner says of the difference; empty
/// for a whole case.</param>
/// <param name="Reason">Why we answer otherwise.</param>
public sealed record DocumentedDifference(string File, string Case, string Expression, string Reason)
{
    /// <param name="file">The file of cases.</param>
    /// <param name="name">The case.</param>
    /// <param name="expression">The expression or line that differs.</param>
    /// <param name="detail">How it differs.</param>
    public bool Covers(string file, string name, string expression, string detail) =>
        IsLike(File, file) && IsLike(Case, name)
        && (Expression.Length == 0 || IsLike(Expression, expression) || IsLike(Expression, detail));

    private static bool IsLike(string pattern, string text) => Regex.IsMatch(
        text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$",
        RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}

/// <summary>The differences from Flink that have a reason: the table of <c>docs/differences.md</c> (its columns are
/// file, case, expression, reason), and the rule about reserved words.</summary>
public sealed record Differences(IReadOnlyList<DocumentedDifference> Rows, ReservedWords Reserved)
{
    public static readonly Differences None = new([], new ReservedWords(new HashSet<string>(StringComparer.Ordinal)));

    public static Differences Read(string markdown) => new(
        [.. markdown.Split('\n').SkipWhile(l => !l.StartsWith("| file |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|')).Select(ReadRow)],
        ReservedWords.Read(markdown));

    /// <summary>Why an answer differs, where that stands written; else null.</summary>
    public string? ReasonOf(string file, JudgedAnswer answer) =>
        Rows.FirstOrDefault(d => d.Covers(file, answer.Case, answer.Part, answer.Verdict.Detail))?.Reason
        ?? (Reserved.Explain(answer.Verdict.Detail) ? ReservedWords.Reason : null);

    /// <summary>Cells may be in backquotes; a bar inside one is written <c>\|</c>.</summary>
    private static DocumentedDifference ReadRow(string line)
    {
        string[] cells =
        [
            .. Regex.Split(line.Trim().Trim('|'), @"(?<!\\)\|", RegexOptions.None, TimeSpan.FromSeconds(1))
                .Select(c => c.Trim().Trim('`').Replace("\\|", "|", StringComparison.Ordinal)),
        ];
        return new DocumentedDifference(cells[0], cells[1], cells[2], cells[3]);
    }
}
