namespace Millrace.Plans;

/// <summary>The watermark of a table: the row time column less the bound on how far out of order rows come.</summary>
/// <param name="Column">Position of the time column, TIMESTAMP or TIMESTAMP_LTZ of precision 3 at most.</param>
/// <param name="DelayMs">Out-of-orderness in milliseconds; the watermark is the largest time seen less this.</param>
public sealed record WatermarkRule(int Column, long DelayMs);

/// <summary>
/// What makes a table a versioned one: for each key its rows are versions, each valid from its version time until the
/// next.
/// </summary>
/// <param name="Key">Positions of the key columns.</param>
/// <param name="TimeColumn">The version time; null means the record's timestamp in the log.</param>
/// <param name="IsLatestOnly">Whether a row older than its key's latest one counts for nothing, as in a view that
/// keeps the last row by time; else every row is a version, as in a table with a declared key.</param>
/// <param name="MeetsNullKeys">Whether a row with a NULL in its key is a version, which a NULL then meets, as in a bare
/// keep-last view of Flink's; else such a row is none, as behind the filter that a deployment adds.</param>
public sealed record Versioning(
    IReadOnlyList<int> Key, int? TimeColumn, bool IsLatestOnly = true, bool MeetsNullKeys = false);

/// <summary>
/// A table as SQL sees it: a source or a model's topic. Immutable. Fields that are row times are marked. A table may
/// be read as a stream, as the right side of an AS OF join, or both.
/// </summary>
/// <param name="Name">The name by which SQL refers to it.</param>
/// <param name="Fields">Its columns.</param>
/// <param name="Watermark">Its watermark rule, or null when it has no event time.</param>
/// <param name="Versioning">How its rows are versions, or null when it may not stand right of AS OF with what is
/// declared; a project then infers the key from the join (<see cref="IsVersioningInferred"/>).</param>
/// <param name="IsVersioningInferred">Whether AS OF may take the key from the join's equality where none is declared,
/// and whether the rows may be read as a plain stream although a key is.</param>
public sealed record TableDefinition(
    string Name,
    IReadOnlyList<Field> Fields,
    WatermarkRule? Watermark = null,
    Versioning? Versioning = null,
    bool IsVersioningInferred = false);

/// <summary>Finds tables by name for the binder. Names are case-sensitive.</summary>
public interface ITableCatalog
{
    /// <summary>All names, for "did you mean".</summary>
    IReadOnlyCollection<string> TableNames { get; }

    TableDefinition? Find(string name);
}
