using Millrace.Diagnostics;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>The project that the guide shows compiles.</summary>
public sealed class GuideTests
{
    [Fact]
    public void The_guides_project_compiles()
    {
        string guide = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "yaml", "README.md"));
        int start = guide.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        string block = guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
        ProjectCompilation compilation = ProjectCompiler.Compile(
            new MemoryProjectFiles(("sources/all.yml", block)), new ProjectOptions());
        Assert.Empty(compilation.Diagnostics.Select(DiagnosticPrinter.Print));
        Assert.Equal("clicks_per_minute", Assert.Single(compilation.Project!.Models).Name);
    }
}
