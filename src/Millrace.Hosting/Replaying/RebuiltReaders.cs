using Millrace.Hosting.Deployments;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Replaying;

/// <summary>
/// How far the models that read a source were computed at once from the log, by the deployment that runs. What they
/// then could read of it they have: to post it again would double it.
/// </summary>
/// <param name="Below">The position below which at least one of them has all that can be read.</param>
/// <param name="Without">The models that have gone on from before, and so have not.</param>
internal sealed record RebuiltReaders(long Below, IReadOnlyList<string> Without)
{
    public static RebuiltReaders Of(RuntimeCore core, string source)
    {
        FolderDeployment deployment = core.Folder.Deployment;
        Dictionary<string, long> computed =
            deployment.Number > 0 ? DeploymentRecord.Read(deployment.Bytes.Span).Computed : [];
        string[] readers =
        [
            .. core.Engine.Run.Project.Models.Where(m => m.Inputs.Contains(source)).Select(m => m.Name),
        ];
        long below = readers.Select(r => computed.GetValueOrDefault(r)).DefaultIfEmpty(0).Max();
        return new RebuiltReaders(below, [.. readers.Where(r => computed.GetValueOrDefault(r) < below)]);
    }
}
