using System.CommandLine;
using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace compile</c>: the plan of each model.</summary>
internal static class CompileVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<string> format = FormatOption.Create("text");
        Command command = new("compile", "Write the plan of each model")
        {
            folder, format,
        };
        command.SetAction(arguments =>
        {
            if (ProjectLoader.Load(arguments.GetValue(folder)!) is not { } project)
            {
                return ExitCode.InvalidProject;
            }

            bool asJson = arguments.GetValue(format) == FormatOption.Json;
            Console.Out.WriteLine(asJson ? PlanReport.Json(project) : PlanReport.Text(project));
            return ExitCode.Ok;
        });
        return command;
    }
}
