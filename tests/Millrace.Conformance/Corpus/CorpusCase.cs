namespace Millrace.Conformance.Corpus;

/// <summary>What a case asks.</summary>
public enum QuestionKind
{
    /// <summary>One query over all tables.</summary>
    Sql,

    /// <summary>Scalar expressions over every row of the first table.</summary>
    Expressions,

    /// <summary>One query, once for every line of its only table alone.</summary>
    Each,

    /// <summary>A query whose rows are written as JSON.</summary>
    Encode,
}

/// <summary>One case of a file of questions.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Kind">Which of the four questions.</param>
/// <param name="Query">The query; empty for expressions.</param>
/// <param name="Expressions">The expressions; empty for a query.</param>
/// <param name="Tables">The inputs, in the order in which they stand.</param>
/// <param name="Settings">Session settings, <c>table.local-time-zone</c> ...</param>
/// <param name="Options">Options of the JSON that is written.</param>
/// <param name="IsAnyKinds">Whether rows being taken back is not part of the answer.</param>
/// <param name="Defect">Why the recorded answer is not to be copied; or null.</param>
public sealed record CorpusCase(
    string Name,
    QuestionKind Kind,
    string Query,
    IReadOnlyList<string> Expressions,
    IReadOnlyList<CorpusTable> Tables,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Options,
    bool IsAnyKinds,
    string? Defect);

/// <summary>A column as the case declares it.</summary>
public sealed record CorpusColumn(string Name, string Type);

/// <summary>How a table's rows are versions: the latest row per key by a time column.</summary>
public sealed record CorpusVersions(IReadOnlyList<string> Key, string At);

/// <summary>An input table of a case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Watermark">The watermark expression, <c>ts - INTERVAL '1' SECOND</c>; or null.</param>
/// <param name="Rows">JSON lines in arrival order.</param>
/// <param name="Versions">Set for a versioned table.</param>
/// <param name="IsChangelog">Whether the lines are changes.</param>
/// <param name="PrimaryKey">The declared key's columns.</param>
/// <param name="Options">Options of the JSON that is read.</param>
public sealed record CorpusTable(
    string Name,
    IReadOnlyList<CorpusColumn> Columns,
    string? Watermark,
    string Rows,
    CorpusVersions? Versions,
    bool IsChangelog,
    IReadOnlyList<string> PrimaryKey,
    IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The lines; a line break behind the last one adds none.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            string[] lines = Rows.Split('\n');
            return lines[^1].Length == 0 ? lines[..^1] : lines;
        }
    }
}
