namespace Millrace.Projects.Tests;

/// <summary>A project's files in a folder of the disk.</summary>
internal sealed class DirectoryProjectFiles : IProjectFiles
{
    private readonly string root;

    public DirectoryProjectFiles(string root)
    {
        this.root = Path.GetFullPath(root);
    }

    public string FolderName => Path.GetFileName(Path.TrimEndingDirectorySeparator(root));

    public IReadOnlyList<string> List(string folder)
    {
        string start = Path.Combine(root, folder);
        return Directory.Exists(start)
            ? [.. Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/'))]
            : [];
    }

    public string? Read(string path)
    {
        string full = Path.Combine(root, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }
}
