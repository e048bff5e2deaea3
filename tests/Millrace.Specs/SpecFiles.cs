using Millrace.Testing.Specs;

namespace Millrace.Specs;

/// <summary>The files about SQL under <c>specs</c>. MILLRACE_UPDATE_SPECS=1 rewrites their golden sections before
/// they are read.</summary>
internal static class SpecFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Those of projects, under <c>specs/project</c>, are of another form and have a runner of their own.
    /// </summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. new[] { "sql", "functions", "aggregates" }
            .SelectMany(
                f => Directory.EnumerateFiles(Path.Combine(Root, "specs", f), "*.spec", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Spec> Read(string path)
    {
        string file = Path.Combine(Root, path);
        string text = File.ReadAllText(file);
        if (Environment.GetEnvironmentVariable("MILLRACE_UPDATE_SPECS") == "1")
        {
            string updated = SpecUpdater.Update(path, text);
            if (updated != text)
            {
                File.WriteAllText(file, updated);
            }

            text = updated;
        }

        return SpecReader.Read(path, text);
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
