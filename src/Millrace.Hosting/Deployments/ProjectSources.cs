using Millrace.Projects;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// The files that a project was compiled from. A data folder keeps them, so that what it holds can be understood when
/// the project has changed since. Files with values of environment variables (<c>.env</c>) are not among them: a text
/// that names a variable is kept as it is written. Immutable.
/// </summary>
public sealed class ProjectSources
{
    private static readonly string[] RootFiles =
        ["millrace.yml", "millrace.yaml", "stream_project.yml", "stream_project.yaml"];

    private static readonly string[] Folders =
        ["sources", "models", "tests", "exposures", "experiments", "environments"];

    private readonly IProjectFiles origin;

    /// <param name="files">The project's folder; its variables are still read from it when needed.</param>
    /// <param name="options">With what it was compiled.</param>
    public ProjectSources(IProjectFiles files, ProjectOptions options)
    {
        origin = files;
        Options = options;
        Texts = RootFiles.Concat(Folders.SelectMany(files.List).Where(IsYaml))
            .Select(path => (path, text: files.Read(path)))
            .Where(f => f.text is not null)
            .ToDictionary(f => f.path, f => f.text!, StringComparer.Ordinal);
    }

    /// <summary>The files' texts by path.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    internal ProjectOptions Options { get; }

    internal string FolderName => origin.FolderName;

    /// <summary>Compiles other texts as these were: with the same variables, in the same environment.</summary>
    internal ProjectCompilation Compile(string folderName, IReadOnlyDictionary<string, string> texts) =>
        ProjectCompiler.Compile(new StoredFiles(folderName, texts, origin), Options);

    private static bool IsYaml(string path) =>
        path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);

    private sealed class StoredFiles(string name, IReadOnlyDictionary<string, string> texts, IProjectFiles origin)
        : IProjectFiles
    {
        public string FolderName => name;

        public IReadOnlyList<string> List(string folder) =>
            [.. texts.Keys.Where(p => p.StartsWith(folder + "/", StringComparison.Ordinal))];

        public string? Read(string path) =>
            path.StartsWith(".env", StringComparison.Ordinal) ? origin.Read(path) : texts.GetValueOrDefault(path);
    }
}
