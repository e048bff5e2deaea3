namespace Millrace.Projects;

/// <summary>A table as those see it that read it, and what it is made of.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Fingerprint of which rows there are, in which order.</param>
/// <param name="Columns">What each column is, by name.</param>
/// <param name="Parts">In what two versions of the table may differ beside their columns.</param>
/// <param name="Progress">Fingerprint of how its watermark goes on.</param>
internal sealed record TablePrint(
    CompiledTable Table,
    string Rows,
    IReadOnlyDictionary<string, Print> Columns,
    IReadOnlyList<PlanPart> Parts,
    string Progress);
