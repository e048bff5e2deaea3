using System.Text;
using Millrace.Diagnostics;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>Runs the specs of projects.</summary>
public sealed class ProjectSpecTests
{
    public static TheoryData<string> Specs => [.. ProjectSpec.All()];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Spec_holds(string path)
    {
        ProjectSpec spec = ProjectSpec.Read(path);
        Assert.True(Checkout.IsUpdating || spec.Golden.Count > 0, "the spec has no === part");
        ProjectCompilation compilation = ProjectCompiler.Compile(
            spec.ProjectFiles, new ProjectOptions { Environment = spec.Environment });
        List<string> names = [.. spec.Golden.Select(g => g.Name)];
        List<(string Name, string Text)> actual =
            [.. (names.Count == 0 ? ["diagnostics"] : names).Select(n => (n, Part(n, spec, compilation)))];
        if (Checkout.IsUpdating)
        {
            spec.Write(actual);
            return;
        }

        for (int i = 0; i < actual.Count; i++)
        {
            Assert.Equal(spec.Golden[i].Text, actual[i].Text);
        }
    }

    private static string Part(string name, ProjectSpec spec, ProjectCompilation compilation) => name switch
    {
        "diagnostics" => Diagnostics(compilation.Diagnostics),
        "validate" => ValidateReport.Text(compilation),
        "validate json" => ValidateReport.Json(compilation),
        "lineage" => LineageReport.Tree(Project(compilation)),
        "lineage columns" => LineageReport.Tree(Project(compilation), byColumn: true),
        "lineage mermaid" => LineageReport.Mermaid(Project(compilation)),
        "lineage mermaid columns" => LineageReport.Mermaid(Project(compilation), byColumn: true),
        "lineage json" => LineageReport.Json(Project(compilation)),
        "changes" => ChangesReport.Text(Changes(spec, compilation)),
        "changes json" => Json(Changes(spec, compilation)),
        "compile" => PlanReport.Text(Project(compilation)),
        "compile json" => PlanReport.Json(Project(compilation)),
        _ => throw new InvalidOperationException($"a spec has no part \"{name}\""),
    };

    private static string Json(ProjectChanges changes) =>
        ChangesReport.Json(changes, new Dictionary<string, string[]>(), changes.NeedsConsent, []);

    private static ProjectChanges Changes(ProjectSpec spec, ProjectCompilation compilation) => ProjectChanges.Compare(
        Project(compilation), Project(ProjectCompiler.Compile(spec.LaterFiles, new ProjectOptions())));

    private static CompiledProject Project(ProjectCompilation compilation)
    {
        Assert.True(compilation.Project is not null, Diagnostics(compilation.Diagnostics));
        return compilation.Project;
    }

    private static string Diagnostics(IReadOnlyList<Diagnostic> diagnostics)
    {
        StringBuilder text = new();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            text.Append(DiagnosticPrinter.Print(diagnostic)).Append('\n');
        }

        return diagnostics.Count == 0 ? "none\n" : text.ToString();
    }
}
