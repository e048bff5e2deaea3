using Millrace.Cli.Screens;
using Millrace.Hosting.Deployments;
using Millrace.Projects;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Running;

/// <summary>
/// Before a changed project starts over existing data: says what that does and asks whether it shall. In a pipe nobody
/// can be asked; then it has to be said beforehand.
/// </summary>
/// <param name="IsGranted">Whether to go on.</param>
/// <param name="Changes">Whether that changes what runs over the data.</param>
internal readonly record struct Consent(bool IsGranted, bool Changes)
{
    public static Consent Ask(CompiledProject project, UpOptions options)
    {
        DeploymentPreview plan;
        try
        {
            plan = DeploymentPreview.Read(
                new PosixDisk(), options.DataFolder, project, options.Sources, options.SkipDamaged, options.Prune);
        }
        catch (DeploymentFault fault)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
            return default;
        }

        bool changes = !plan.Changes.IsFirst && !plan.Changes.IsEmpty;
        if (changes || (!plan.Changes.IsFirst && plan.NeedsConsent))
        {
            Console.Error.WriteLine(PlanScreen.Text(plan, options.DataFolder));
            Console.Error.WriteLine();
        }

        if (plan.Changes.IsRefused)
        {
            Console.Error.WriteLine("error: the data does not allow what is refused above; nothing was changed");
            return default;
        }

        return new Consent(options.Yes || !plan.NeedsConsent || Confirm(), changes);
    }

    private static bool Confirm()
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            Console.Error.WriteLine("error: start it with --yes to have this done; nothing was changed");
            return false;
        }

        Console.Error.Write("go on? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
