using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>A project's folder on the disk.</summary>
/// <param name="path">Its path; the project's name is the folder's.</param>
public sealed class ProjectFolder(string path) : IProjectFiles
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string FolderName => Path.GetFileName(root);

    public IReadOnlyList<string> List(string folder)
    {
        string full = Path.Combine(root, folder);
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories).Select(Relative)]
            : [];
    }

    public string? Read(string path)
    {
        string full = Path.Combine(root, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }

    private string Relative(string file) =>
        Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');
}
