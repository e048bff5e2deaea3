using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>The example project: it is the user's own, it compiles, and no damage to it surprises the
/// compiler.</summary>
public sealed class SeedTests
{
    [SkippableByShared("seed/project")]
    public void The_example_is_the_users_own_seven_files()
    {
        string shared = Checkout.Shared("seed/project")!;
        string[] theirs = [.. Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(shared, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(SeedFiles.Paths, theirs);
        foreach (string path in theirs)
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(shared, path)), File.ReadAllBytes(Path.Combine(SeedFiles.Folder, path)));
        }
    }

    [Fact]
    public void The_example_compiles_without_a_word()
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(
            new DirectoryProjectFiles(SeedFiles.Folder), new ProjectOptions());
        Assert.Empty(compilation.Diagnostics);
        Assert.Equal("ecommerce", compilation.Project!.Name);
    }

    [Property(MaxTest = 300)]
    public void Damaged_files_never_throw_and_compile_the_same_twice(int seed)
    {
        Random random = new(seed);
        MemoryProjectFiles files = SeedFiles.Load();
        string path = SeedFiles.Paths[random.Next(SeedFiles.Paths.Count)];
        files = files.With(path, SeedMutation.Apply(files.Read(path)!, random));
        ProjectCompilation once = ProjectCompiler.Compile(files, new ProjectOptions());
        ProjectCompilation twice = ProjectCompiler.Compile(files, new ProjectOptions());
        Assert.Equal(ValidateReport.Text(once), ValidateReport.Text(twice));
        Assert.Equal(once.Project is null, once.Diagnostics.Any(d => d.IsError));
        if (once.Project is { } project)
        {
            Assert.Equal(ValidateReport.Json(once), ValidateReport.Json(twice));
            Assert.Equal(LineageReport.Json(project), LineageReport.Json(twice.Project!));
        }
    }

    [Property(MaxTest = 300)]
    public void Files_of_any_text_never_throw(NonNull<string> text, int seed)
    {
        Check(text.Get);
        Check(SeedMutation.Noise(new Random(seed)));
    }

    private static void Check(string text)
    {
        MemoryProjectFiles files = new(("sources/a.yml", text), ("models/b.yml", text));
        Assert.NotNull(ProjectCompiler.Compile(files, new ProjectOptions()));
    }
}
