namespace Millrace.Projects.Tests;

/// <summary>A project's files as they stand in a test.</summary>
internal sealed class MemoryProjectFiles : IProjectFiles
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    public MemoryProjectFiles(params (string Path, string Text)[] files)
    {
        foreach ((string path, string text) in files)
        {
            this.files[path] = text;
        }
    }

    public string FolderName => "shop";

    public IReadOnlyDictionary<string, string> All => files;

    public MemoryProjectFiles With(string path, string text) =>
        new([.. files.Where(f => f.Key != path).Select(f => (f.Key, f.Value)), (path, text)]);

    public IReadOnlyList<string> List(string folder) =>
        [.. files.Keys.Where(p => p.StartsWith(folder + "/", StringComparison.Ordinal))];

    public string? Read(string path) => files.GetValueOrDefault(path);
}
