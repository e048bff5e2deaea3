using System.CommandLine;
using Millrace.Diagnostics;
using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary>Reads and compiles the project that a verb is about, and prints what is wrong with it.</summary>
internal static class ProjectLoader
{
    /// <summary>The folder, by default the current one.</summary>
    public static Argument<DirectoryInfo> Folder() => new("project")
    {
        Description = "The project's folder",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    /// <summary>
    /// Compiles; null after printing the diagnostics when there are errors. Warnings are printed and pass.
    /// </summary>
    public static CompiledProject? Load(DirectoryInfo folder)
    {
        if (Compile(folder) is not { } compilation)
        {
            return null;
        }

        foreach (Diagnostic diagnostic in compilation.Diagnostics)
        {
            Console.Error.WriteLine(DiagnosticPrinter.Print(diagnostic));
        }

        int errors = compilation.Diagnostics.Count(d => d.IsError);
        if (errors > 0)
        {
            Console.Error.WriteLine(errors == 1 ? "1 error" : $"{errors} errors");
        }

        return compilation.Project;
    }

    /// <summary>Compiles and prints nothing but that the folder is missing; then null.</summary>
    public static ProjectCompilation? Compile(DirectoryInfo folder)
    {
        if (folder.Exists)
        {
            return ProjectCompiler.Compile(new ProjectFolder(folder.FullName), Options());
        }

        Console.Error.WriteLine($"error: there is no folder {folder.FullName}");
        return null;
    }

    /// <summary>The files that it is compiled from.</summary>
    public static ProjectSources Sources(DirectoryInfo folder) => new(new ProjectFolder(folder.FullName), Options());

    private static ProjectOptions Options()
    {
        Dictionary<string, string> variables = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return new ProjectOptions { EnvironmentVariables = variables };
    }
}
