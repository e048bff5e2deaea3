namespace Millrace.Projects;

/// <summary>
/// What changes when a project takes the place of another over the same data. A pure function of the two; descriptions,
/// tests, exposures and parallelism change nothing. Immutable.
/// </summary>
public sealed class ProjectChanges
{
    private ProjectChanges(IReadOnlyList<TableChange> tables, bool isFirst)
    {
        Tables = tables;
        IsFirst = isFirst;
    }

    /// <summary>Sources and models in the order of the current project, models upstream first; then what is
    /// removed.</summary>
    public IReadOnlyList<TableChange> Tables { get; }

    /// <summary>Whether there was no project before.</summary>
    public bool IsFirst { get; }

    /// <summary>Whether all tables go on as they are.</summary>
    public bool IsEmpty => Tables.All(t => t.Kind == ChangeKind.Unchanged);

    public bool IsRefused => Tables.Any(t => t.Kind == ChangeKind.Refused);

    /// <summary>Whether somebody should agree: something is computed anew, goes, or changes its shape.</summary>
    public bool NeedsConsent => !IsFirst
        && Tables.Any(t => t.Kind is ChangeKind.Kept or ChangeKind.Rebuilt or ChangeKind.Removed);

    /// <summary>The models whose rows are to be computed from the log: rebuilt ones and new ones.</summary>
    public IReadOnlyList<string> Computed =>
    [
        .. Tables.Where(t => !t.IsSource && t.Kind is ChangeKind.Rebuilt or ChangeKind.Added).Select(t => t.Name),
    ];

    /// <summary>The table of that name, or null.</summary>
    public TableChange? Find(string name) =>
        Tables.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));

    /// <summary>The same, but that a model is computed anew for one more reason.</summary>
    public ProjectChanges Rebuilding(string model, string reason) => new(
        [
            .. Tables.Select(t => t.Name == model && !t.IsSource && t.Kind != ChangeKind.Removed
                ? t with { Kind = ChangeKind.Rebuilt, Reasons = [.. t.Reasons, reason] }
                : t),
        ],
        IsFirst);

    /// <param name="deployed">What the data comes from; null when there is none.</param>
    /// <param name="current">What shall run.</param>
    public static ProjectChanges Compare(CompiledProject? deployed, CompiledProject current)
    {
        if (deployed is null)
        {
            return new ProjectChanges(
                [
                    .. TablesOf(current).Select(t => new TableChange(
                        t.Name, t is CompiledSource, ChangeKind.Added, [], KeepsProgress: false)),
                ],
                isFirst: true);
        }

        ProjectComparison comparison = new(deployed, current);
        return new ProjectChanges(comparison.Compare(), isFirst: false);
    }

    private static IEnumerable<CompiledTable> TablesOf(CompiledProject project) =>
        project.Sources.Concat<CompiledTable>(project.Models);
}
