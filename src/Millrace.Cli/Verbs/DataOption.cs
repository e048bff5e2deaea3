using System.CommandLine;

namespace Millrace.Cli.Verbs;

/// <summary>The <c>--data</c> of verbs that need a data folder: <c>.millrace</c> in the project unless said.</summary>
internal static class DataOption
{
    public static Option<DirectoryInfo?> Create() => new("--data")
    {
        Description = "The data folder; .millrace in the project unless said",
    };

    public static string Resolve(DirectoryInfo project, DirectoryInfo? data) =>
        data?.FullName ?? Path.Combine(project.FullName, ".millrace");
}
