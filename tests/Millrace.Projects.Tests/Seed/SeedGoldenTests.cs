using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>What Millrace says about the example project, word for word.</summary>
public sealed class SeedGoldenTests
{
    [Theory]
    [InlineData("validate.txt")]
    [InlineData("validate.json")]
    [InlineData("lineage.txt")]
    [InlineData("lineage_columns.txt")]
    [InlineData("lineage.mmd")]
    [InlineData("lineage_columns.mmd")]
    [InlineData("lineage.json")]
    [InlineData("compile.txt")]
    [InlineData("compile.json")]
    public void Example_is_reported_as_written(string name)
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(
            new DirectoryProjectFiles(SeedFiles.Folder), new ProjectOptions());
        string path = Path.Combine(Checkout.Root, "specs", "project", "seed", name);
        string actual = Report(name, compilation);
        if (Checkout.IsUpdating)
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Report(string name, ProjectCompilation compilation)
    {
        CompiledProject project = compilation.Project!;
        return name switch
        {
            "validate.txt" => ValidateReport.Text(compilation),
            "validate.json" => ValidateReport.Json(compilation),
            "lineage.txt" => LineageReport.Tree(project),
            "lineage_columns.txt" => LineageReport.Tree(project, byColumn: true),
            "lineage.mmd" => LineageReport.Mermaid(project),
            "lineage_columns.mmd" => LineageReport.Mermaid(project, byColumn: true),
            "lineage.json" => LineageReport.Json(project),
            "compile.txt" => PlanReport.Text(project),
            _ => PlanReport.Json(project),
        };
    }
}
