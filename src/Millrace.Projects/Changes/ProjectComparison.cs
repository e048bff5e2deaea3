namespace Millrace.Projects;

/// <summary>Compares two projects table by table, upstream first.</summary>
internal sealed class ProjectComparison
{
    private readonly CompiledProject deployed;
    private readonly CompiledProject current;
    private readonly ProjectPrints before;
    private readonly ProjectPrints now;
    private readonly Causes causes = new();

    public ProjectComparison(CompiledProject deployed, CompiledProject current)
    {
        this.deployed = deployed;
        this.current = current;
        before = new ProjectPrints(deployed);
        now = new ProjectPrints(current);
    }

    public IReadOnlyList<TableChange> Compare()
    {
        CompiledTable[] tables = [.. current.Sources, .. current.Models];
        CompiledTable[] old = [.. deployed.Sources, .. deployed.Models];
        return
        [
            .. tables.Select(t => Compare(old.FirstOrDefault(o => IsSame(o, t)), t)),
            .. old.Where(o => !tables.Any(t => IsSame(o, t))).Select(Removed),
        ];
    }

    private static bool IsSame(CompiledTable a, CompiledTable b) =>
        a.Name == b.Name && a is CompiledSource == b is CompiledSource;

    private TableChange Compare(CompiledTable? old, CompiledTable table) => (old, table) switch
    {
        (CompiledSource a, CompiledSource b) => SourceComparison.Compare(
            before.Find(a.Name)!, now.Find(b.Name)!, ReadOf(deployed, a), ReadOf(current, b), causes),
        (CompiledModel a, CompiledModel b) =>
            new ModelComparison(before.Find(a.Name)!, now.Find(b.Name)!, causes).Compare(),
        _ => Added(table),
    };

    private TableChange Added(CompiledTable table)
    {
        CompiledTable? owner = deployed.Sources.Concat<CompiledTable>(deployed.Models)
            .FirstOrDefault(t => t.Topic.Name == table.Topic.Name && t is CompiledSource != table is CompiledSource);
        if (owner is not null && (owner is CompiledSource || table is CompiledSource))
        {
            string was = owner is CompiledSource ? "source" : "model";
            string reason = $"topic {table.Topic.Name} holds the records of {was} {owner.Name}; give it another topic";
            return new TableChange(table.Name, table is CompiledSource, ChangeKind.Refused, [reason], false);
        }

        return new TableChange(table.Name, table is CompiledSource, ChangeKind.Added, [], KeepsProgress: false);
    }

    private static TableChange Removed(CompiledTable table) =>
        new(table.Name, table is CompiledSource, ChangeKind.Removed, [], KeepsProgress: false);

    /// <summary>The columns of a source whose values somebody reads and that may not fit.</summary>
    private static string[] ReadOf(CompiledProject project, CompiledSource source) =>
    [
        .. ColumnsRead.Of(project, source.Name).Where(c => ColumnsRead.MayNotFit(source, c)),
    ];
}
