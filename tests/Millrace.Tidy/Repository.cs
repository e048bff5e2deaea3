using System.Reflection;

namespace Millrace.Tidy;

/// <summary>The checkout that the tests run in: its files, and the assemblies that this build made.</summary>
public static class Repository
{
    private static readonly string[] Ignored =
        ["bin", "obj", ".git", ".millrace", "node_modules", "TestResults", "artifacts"];

    /// <summary>The folder of <c>Millrace.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under src and tests.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("src", ".cs").Concat(Files("tests", ".cs")).Select(p => new SourceFile(p, Read(p)))];

    /// <summary>The C# files of src.</summary>
    public static IEnumerable<SourceFile> Product => Sources.Where(f => f.Project.Length > 0);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    /// <summary>Files below a folder of the repository that end in a text; paths from the root, with slashes.</summary>
    public static IEnumerable<string> Files(string folder, string ending)
    {
        string start = Path.Combine(Root, folder);
        return Directory.Exists(start) ? Walk(start, ending).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Folders below a folder, without what builds leave behind.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(Root, folder))
            .Where(d => !Ignored.Contains(Path.GetFileName(d), StringComparer.Ordinal))
            .Select(Relative)
            .SelectMany(d => Folders(d).Prepend(d));

    /// <summary>The compiled assembly of a project of src, as this configuration built it.</summary>
    public static string Assembly(string project) =>
        Path.Combine(
            Root, "src", $"Millrace.{project}", "bin", Configuration, "net10.0", $"{AssemblyName(project)}.dll");

    /// <summary>The projects of src: <c>Data</c>, <c>Plans</c> ...</summary>
    public static IEnumerable<string> Projects =>
        Files("src", ".csproj").Select(p => Path.GetFileNameWithoutExtension(p)["Millrace.".Length..]);

    private static string Configuration => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;

    private static string AssemblyName(string project)
    {
        string text = Read($"src/Millrace.{project}/Millrace.{project}.csproj");
        int start = text.IndexOf("<AssemblyName>", StringComparison.Ordinal);
        return start < 0 ? $"Millrace.{project}" : text[(start + 14)..text.IndexOf('<', start + 14)];
    }

    private static IEnumerable<string> Walk(string folder, string ending)
    {
        IEnumerable<string> here =
            Directory.EnumerateFiles(folder).Where(f => f.EndsWith(ending, StringComparison.Ordinal));
        return here.Select(Relative).Concat(Directory.EnumerateDirectories(folder)
            .Where(d => !Ignored.Contains(Path.GetFileName(d), StringComparer.Ordinal))
            .SelectMany(d => Walk(d, ending)));
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

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
