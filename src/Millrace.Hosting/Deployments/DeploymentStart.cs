using Millrace.Projects;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Deployments;

/// <summary>With what a process begins on a data folder.</summary>
/// <param name="Project">What runs first: what the folder has, unless nothing of it changed.</param>
/// <param name="Record">What the ledger says of it.</param>
/// <param name="Target">What shall run; the same when there is nothing to do.</param>
/// <param name="Changes">Between the two; null when there is nothing to do.</param>
internal sealed record DeploymentStart(
    CompiledProject Project, DeploymentRecord Record, CompiledProject Target, ProjectChanges? Changes)
{
    /// <summary>
    /// Whether the folder's files say what ran on it; else only its snapshots' fingerprints can tell a change.
    /// </summary>
    public bool IsKnown { get; init; }

    /// <summary>
    /// Looks at what the folder has; the first deployment is made at once, and what an unfinished one left is removed.
    /// </summary>
    /// <exception cref="DeploymentFault">The project cannot run on that data.</exception>
    public static DeploymentStart Open(DataFolder folder, CompiledProject project, RuntimeOptions options)
    {
        ProjectArchive archive = new(options.Disk, options.DataFolder);
        if (folder.Deployment is not { Number: > 0 } deployed)
        {
            return First(folder, archive, project, options.Sources);
        }

        DeploymentRecord record = DeploymentRecord.Read(deployed.Bytes.Span);
        RemoveStrays(folder, record);
        if (options.Sources is null || !record.HasFiles)
        {
            return new DeploymentStart(project, record, project, null);
        }

        CompiledProject before = archive.Compile(deployed.Number, options.Sources);
        ProjectChanges changes = ProjectChanges.Compare(before, project);
        if (changes.Tables.FirstOrDefault(t => t.Kind == ChangeKind.Refused) is { } refused)
        {
            throw new DeploymentFault($"{refused.Name} cannot change so: {string.Join("; ", refused.Reasons)}");
        }

        bool isPruned = !options.Prune || record.Retired.Count == 0;
        return changes.IsEmpty && isPruned
            ? new DeploymentStart(project, record, project, null) { IsKnown = true }
            : new DeploymentStart(before, record, project, changes) { IsKnown = true };
    }

    private static DeploymentStart First(
        DataFolder folder, ProjectArchive archive, CompiledProject project, ProjectSources? sources)
    {
        if (sources is not null)
        {
            archive.Write(1, sources);
        }

        DeploymentRecord record = new DeploymentRecord { HasFiles = sources is not null }.Of(project);
        folder.CommitDeployment(record.Write());
        return new DeploymentStart(project, record, project, null);
    }

    // A deployment that did not come to its end leaves topics of which nobody knows; one that did may leave those of
    // which nobody knows any more.
    private static void RemoveStrays(DataFolder folder, DeploymentRecord record)
    {
        foreach (TopicLog stray in folder.Topics.Where(t => !record.Has(t)).ToArray())
        {
            folder.RemoveTopic(stray.Name);
        }
    }
}
