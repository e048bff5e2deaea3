using System.CommandLine;
using Millrace.Cli.Screens;
using Millrace.Hosting.Deployments;
using Millrace.Projects;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace plan</c>: what <c>up</c> would do with the data that is there.</summary>
internal static class PlanVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<DirectoryInfo?> data = DataOption.Create();
        Option<string> format = FormatOption.Create("text");
        Command command = new("plan", "Say what starting the project would change for the data that is there")
        {
            folder, data, format,
        };
        command.SetAction(arguments =>
        {
            DirectoryInfo project = arguments.GetValue(folder)!;
            string dataFolder = DataOption.Resolve(project, arguments.GetValue(data));
            return ProjectLoader.Load(project) is { } compiled
                ? Run(compiled, ProjectLoader.Sources(project), dataFolder, arguments.GetValue(format)!)
                : ExitCode.InvalidProject;
        });
        return command;
    }

    private static int Run(CompiledProject project, ProjectSources sources, string dataFolder, string format)
    {
        try
        {
            DeploymentPreview plan = DeploymentPreview.Read(new PosixDisk(), dataFolder, project, sources);
            Console.Out.WriteLine(
                format == FormatOption.Json ? PlanScreen.Json(plan) : PlanScreen.Text(plan, dataFolder));
            return plan.Changes.IsRefused ? ExitCode.Deployment : ExitCode.Ok;
        }
        catch (DeploymentFault fault)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
            return ExitCode.Deployment;
        }
        catch (StorageFault fault)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
            return ExitCode.Error;
        }
    }
}
