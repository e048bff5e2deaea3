using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Oracle;

/// <summary>The example project, which is the seed's, compiled.</summary>
internal static class SeedProject
{
    public static string Root { get; } = FindRoot();

    public static CompiledProject Compile()
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(
            new ProjectFolder(Path.Combine(Root, "examples", "ecommerce")), new ProjectOptions());
        return compilation.Project ?? throw new InvalidOperationException(string.Join('\n', compilation.Diagnostics));
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Millrace.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Millrace.slnx is in no folder above the tests");
    }
}
