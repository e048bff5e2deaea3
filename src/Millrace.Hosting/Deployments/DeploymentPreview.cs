using System.Globalization;
using Millrace.Plans;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// What starting a project on a data folder would do, found without doing it; also while a process has the folder.
/// </summary>
/// <param name="Changes">Against the project that the folder's data comes from.</param>
/// <param name="Notes">What it costs, and what it cannot give, by table.</param>
/// <param name="Retired">Topics of models that had gone before, as the user knows them.</param>
/// <param name="Prunes">Whether these, and those of models that go now, are removed.</param>
public sealed record DeploymentPreview(
    ProjectChanges Changes, IReadOnlyDictionary<string, string[]> Notes, IReadOnlyList<string> Retired, bool Prunes)
{
    /// <summary>Whether somebody has to agree: something is computed anew, goes, or changes its shape.</summary>
    public bool NeedsConsent => Changes.NeedsConsent || (Prunes && Retired.Count > 0);

    /// <exception cref="StorageFault">The folder is damaged.</exception>
    /// <exception cref="DeploymentFault">The project that the data comes from does not compile any more.</exception>
    public static DeploymentPreview Read(
        IDisk disk, string dataFolder, CompiledProject project, ProjectSources sources, bool skipDamaged = false,
        bool prunes = false)
    {
        using DataFolder? folder = DataFolder.TryOpenReadOnly(disk, dataFolder, skipDamaged);
        if (folder?.Deployment is not { Number: > 0 } deployment)
        {
            return Of(ProjectChanges.Compare(null, project));
        }

        DeploymentRecord record = DeploymentRecord.Read(deployment.Bytes.Span);
        if (!record.HasFiles)
        {
            return Of(ProjectChanges.Compare(project, project));
        }

        CompiledProject before = new ProjectArchive(disk, dataFolder).Compile(deployment.Number, sources);
        ProjectChanges changes = ProjectChanges.Compare(before, project);
        Dictionary<string, string[]> notes = changes.Tables
            .GroupBy(t => t.Name)
            .ToDictionary(g => g.Key, g => g.SelectMany(t => NotesOf(t, folder, before, project, prunes)).ToArray());
        string[] retired =
            [.. FolderNames.Of(folder).Where(t => record.Retired.Contains(t.Topic.Name)).Select(t => t.Name)];
        return new DeploymentPreview(changes, notes, retired, prunes);
    }

    private static DeploymentPreview Of(ProjectChanges changes) =>
        new(changes, new Dictionary<string, string[]>(), [], Prunes: false);

    private static string[] NotesOf(
        TableChange change, DataFolder folder, CompiledProject before, CompiledProject project,
        bool prunes) => change switch
    {
        { IsSource: false, Kind: ChangeKind.Rebuilt or ChangeKind.Added } =>
            [.. Computing(project.FindModel(change.Name)!, folder, project)],
        { Kind: ChangeKind.Removed, IsSource: true } =>
            [$"its topic {before.FindTable(change.Name)!.Topic.Name} stays, with its records"],
        { Kind: ChangeKind.Removed } => [Removing(before.FindTable(change.Name)!.Topic.Name, project, prunes)],
        _ => [],
    };

    private static string Removing(string topic, CompiledProject project, bool prunes)
    {
        string? heir = project.Models.FirstOrDefault(m => m.Topic.Name == topic)?.Name;
        string fate = prunes ? "is removed, with its rows" : "stays until somebody starts with --prune";
        return heir is null
            ? $"its topic {topic} {fate}"
            : $"{heir} has the topic {topic} from now on; the old one {fate}";
    }

    private static IEnumerable<string> Computing(CompiledModel model, DataFolder folder, CompiledProject project)
    {
        CompiledSource[] sources = [.. Closure.Of(project, [model.Name]).Sources];
        TopicLog[] topics = [.. sources.Select(s => FolderNames.Find(folder, s.Topic.Name)).OfType<TopicLog>()];
        long records = topics.SelectMany(t => t.Partitions).Sum(p => p.CommittedEnd - p.StartOffset);
        string of = string.Join(", ", sources.Select(s => s.Name));
        yield return string.Create(CultureInfo.InvariantCulture, $"computed from {records:N0} records of {of}");
        foreach (CompiledSource source in sources)
        {
            if (FolderNames.Find(folder, source.Topic.Name) is { } topic && IsCut(topic, out long first))
            {
                yield return $"the log of {source.Name} begins at {Time(first)}: rows from before are missing, and "
                    + "windows that were open then are incomplete";
            }
        }

        if (LongestWindow(model.Plan) is { } window)
        {
            foreach (CompiledSource source in sources.Where(
                s => s.Topic.Settings.RetentionMs >= 0 && s.Topic.Settings.RetentionMs < window))
            {
                yield return $"{source.Name} keeps {DurationText.Of(source.Topic.Settings.RetentionMs)}, less than the "
                    + $"window's {DurationText.Of(window)}: a rebuild sees a part of each window";
            }
        }
    }

    private static bool IsCut(TopicLog topic, out long firstMs)
    {
        bool isCut = topic.Partitions.Any(p => p.StartOffset > 0);
        firstMs = isCut ? topic.Partitions.Min(p => FirstTime(p) ?? long.MaxValue) : long.MaxValue;
        return firstMs != long.MaxValue;
    }

    // What cannot be read is the start's to tell: it may be a tail that is still to be cut.
    private static long? FirstTime(PartitionLog partition)
    {
        try
        {
            PartitionReader reader = partition.OpenReader(partition.StartOffset);
            return reader.MoveNext() ? reader.Timestamp : null;
        }
        catch (DamageFault)
        {
            return null;
        }
    }

    private static long? LongestWindow(PlanNode node)
    {
        long? here = node is WindowAggregate { Window: TumbleWindow tumble } ? tumble.SizeMs : null;
        return node.Inputs.Select(LongestWindow).Append(here).Max();
    }

    private static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms)
        .ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
