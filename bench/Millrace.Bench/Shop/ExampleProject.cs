using Millrace.Projects;

namespace Millrace.Bench.Shop;

/// <summary>The project <c>examples/ecommerce</c> of this repository, compiled as a user's would be.</summary>
internal sealed class ExampleProject(string folder) : IProjectFiles
{
    public string FolderName => Path.GetFileName(folder);

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
        ProjectCompilation compilation = ProjectCompiler.Compile(new ExampleProject(example), new ProjectOptions());
        return compilation.Project
            ?? throw new InvalidOperationException("examples/ecommerce does not compile; try: millrace validate");
    }

    public IReadOnlyList<string> List(string path)
    {
        string full = Path.Combine(folder, path);
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'))]
            : [];
    }

    public string? Read(string path)
    {
        string full = Path.Combine(folder, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }
}
