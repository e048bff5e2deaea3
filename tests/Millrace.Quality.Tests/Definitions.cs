using Millrace.Diagnostics;
using Millrace.Projects;

namespace Millrace.Quality.Tests;

/// <summary>Definitions as a project's files would give them.</summary>
internal static class Definitions
{
    public static readonly Location Nowhere = new(new SourceText("test.yml", ""), new TextSpan(0, 0));

    public static AlertDefinition Slack(string? address, long? cooldownMs = null, string? room = null) =>
        new(AlertChannel.Slack, room, Text(address), cooldownMs, Nowhere);

    public static LateText Text(string? value) => new(value, value is null ? ["SLACK_WEBHOOK"] : [], Nowhere);

    /// <summary>A project of one source, one pass-through model, and the tests of a file.</summary>
    public static CompiledProject Project(string tests)
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(new Files(tests), new ProjectOptions());
        return compilation.Project
            ?? throw new InvalidOperationException(
                string.Join('\n', compilation.Diagnostics.Select(DiagnosticPrinter.Print)));
    }

    private sealed class Files(string tests) : IProjectFiles
    {
        private readonly Dictionary<string, string> texts = new()
        {
            ["sources/s.yml"] = """
                sources:
                  - name: clicks
                    topic: clicks
                    freshness: {warn_after: 10s, error_after: 20s}
                    columns:
                      - name: id
                      - name: kind
                """,
            ["models/m.yml"] = """
                models:
                  - name: clean
                    sql: SELECT id, kind FROM {{ source("clicks") }}
                """,
            ["tests/t.yml"] = tests,
        };

        public string FolderName => "shop";

        public IReadOnlyList<string> List(string folder) =>
            [.. texts.Keys.Where(k => k.StartsWith(folder + "/", StringComparison.Ordinal))];

        public string? Read(string path) => texts.GetValueOrDefault(path);
    }
}
