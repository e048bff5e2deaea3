using System.CommandLine;
using Millrace.Cli.Screens;
using Millrace.Hosting;
using Millrace.Hosting.Deployments;
using Millrace.Storage.Disk;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace plan</c>: what <c>up</c> would do with the data that is there.</summary>
internal static class PlanVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<DirectoryInfo?> data = DataOption.Create();
        Option<bool> prune = new("--prune") { Description = "What `up --prune` would do" };
        Option<string> format = FormatOption.Create("text");
        Command command = new("plan", "Say what starting the project would change for the data that is there")
        {
            folder, data, prune, format,
        };
        command.SetAction(arguments =>
        {
            DirectoryInfo project = arguments.GetValue(folder)!;
            string dataFolder = DataOption.Resolve(project, arguments.GetValue(data));
            if (ProjectLoader.Load(project) is not { } compiled)
            {
                return ExitCode.InvalidProject;
            }

            return Run(arguments.GetValue(format)!, dataFolder, () => DeploymentPreview.Read(
                new PosixDisk(), dataFolder, compiled, ProjectLoader.Sources(project),
                prunes: arguments.GetValue(prune)));
        });
        return command;
    }

    private static int Run(string format, string dataFolder, Func<DeploymentPreview> read)
    {
        try
        {
            DeploymentPreview plan = read();
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
            if (MillraceRuntime.FaultOf(fault) is { } described)
            {
                Console.Error.WriteLine($"  help: {described.Advice}");
            }

            return ExitCode.Error;
        }
    }
}
