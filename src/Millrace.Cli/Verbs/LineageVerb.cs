using System.CommandLine;
using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary><c>millrace lineage</c>: what comes from what, by model or by column.</summary>
internal static class LineageVerb
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = ProjectLoader.Folder();
        Option<string> format = FormatOption.Create("tree", "mermaid");
        Option<bool> columns = new("--columns") { Description = "By column" };
        Command command = new("lineage", "Show what comes from what")
        {
            folder, format, columns,
        };
        command.SetAction(arguments =>
        {
            if (ProjectLoader.Load(arguments.GetValue(folder)!) is not { } project)
            {
                return ExitCode.InvalidProject;
            }

            bool byColumn = arguments.GetValue(columns);
            Console.Out.WriteLine(arguments.GetValue(format) switch
            {
                FormatOption.Json => LineageReport.Json(project),
                "mermaid" => LineageReport.Mermaid(project, byColumn),
                _ => LineageReport.Tree(project, byColumn),
            });
            return ExitCode.Ok;
        });
        return command;
    }
}
