using System.CommandLine;
using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace validate</c>: what Millrace makes of a project, every inference included.</summary>
internal static class ValidateVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<string> format = FormatOption.Create("text");
        Command command = new(
            "validate", "Check a project and say what it means: types, keys, times, and every inference")
        {
            folder, format,
        };
        command.SetAction(arguments =>
        {
            if (ProjectLoader.Compile(arguments.GetValue(folder)!) is not { } compilation)
            {
                return ExitCode.InvalidProject;
            }

            bool asJson = arguments.GetValue(format) == FormatOption.Json;
            Console.Out.WriteLine(asJson ? ValidateReport.Json(compilation) : ValidateReport.Text(compilation));
            return compilation.Project is null ? ExitCode.InvalidProject : ExitCode.Ok;
        });
        return command;
    }
}
