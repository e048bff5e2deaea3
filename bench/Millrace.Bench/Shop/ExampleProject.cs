using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Bench.Shop;

/// <summary>The project <c>examples/ecommerce</c> of this repository, compiled as a user's would be.</summary>
internal static class ExampleProject
{
    /// <summary>The folder of this repository.</summary>
    public static string Root
    {
        get
        {
            string? root = AppContext.BaseDirectory;
            while (root is not null && !File.Exists(Path.Combine(root, "Millrace.slnx")))
            {
                root = Path.GetDirectoryName(root);
            }

            return root ?? ".";
        }
    }

    public static CompiledProject Compile()
    {
        string example = Path.Combine(Root, "examples", "ecommerce");
        ProjectCompilation compilation = ProjectCompiler.Compile(new ProjectFolder(example), new ProjectOptions());
        return compilation.Project
            ?? throw new InvalidOperationException("examples/ecommerce does not compile; try: millrace validate");
    }
}
