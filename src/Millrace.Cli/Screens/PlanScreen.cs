using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Cli.Screens;

/// <summary>What starting a project would change in its data folder.</summary>
internal static class PlanScreen
{
    public static string Text(DeploymentPreview plan, string path)
    {
        string near = Path.GetRelativePath(Environment.CurrentDirectory, path);
        string dataFolder = near.StartsWith("..", StringComparison.Ordinal) ? path : near;
        string fate = plan.Prunes ? "removed" : "kept";
        string until = plan.Prunes ? "" : ", until somebody starts with --prune";
        string left = plan.Retired.Count == 0 ? ""
            : $"\n{fate} of models that are gone{until}: {string.Join(", ", plan.Retired)}";
        if (plan.Changes.IsFirst)
        {
            return $"{dataFolder} holds nothing yet: everything begins anew";
        }

        return plan.Changes.IsEmpty
            ? $"nothing changes for what {dataFolder} holds{left}"
            : $"what changes for {dataFolder}\n\n{ChangesReport.Text(plan.Changes, plan.Notes).TrimEnd()}{left}";
    }

    public static string Json(DeploymentPreview plan) =>
        ChangesReport.Json(plan.Changes, plan.Notes, plan.NeedsConsent, plan.Retired).TrimEnd();
}
