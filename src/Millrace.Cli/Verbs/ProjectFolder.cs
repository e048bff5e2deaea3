using Millrace.Projects;

namespace Millrace.Cli.Verbs;

/// <summary>A project's folder on the disk.</summary>
internal sealed class ProjectFolder(DirectoryInfo folder) : IProjectFiles
{
    public string FolderName => new DirectoryInfo(folder.FullName.TrimEnd(Path.DirectorySeparatorChar)).Name;

    public IReadOnlyList<string> List(string path)
    {
        string full = Path.Combine(folder.FullName, path);
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories).Select(Relative)]
            : [];
    }

    public string? Read(string path)
    {
        string full = Path.Combine(folder.FullName, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }

    private string Relative(string file) =>
        Path.GetRelativePath(folder.FullName, file).Replace(Path.DirectorySeparatorChar, '/');
}
