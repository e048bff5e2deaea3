using Millrace.Hosting.Deployments;
using Millrace.Projects;
using Xunit;

namespace Millrace.Hosting.Tests.Support;

/// <summary>Small projects, compiled from YAML in memory, and the shipped example.</summary>
internal static class TestProject
{
    /// <summary>A versioned table, a stream, a stateless model with a join, and a one-minute window over it.</summary>
    public const string Shop = """
        sources:
          - name: clicks
            topic: shop.clicks
            columns:
              - name: id
              - name: user
              - name: item
              - name: at
          - name: items
            topic: shop.items
            columns:
              - name: item
              - name: price
                type: DOUBLE
        models:
          - name: clicks_priced
            key: user
            advanced:
              topic: { partitions: 1 }
            sql: |
              SELECT c.id, c.user, c.item, c.at, i.price
              FROM {{ source("clicks") }} c
              LEFT JOIN {{ source("items") }} FOR SYSTEM_TIME AS OF c.at AS i ON c.item = i.item
          - name: clicks_per_minute
            key: user
            advanced:
              topic: { partitions: 2 }
            sql: |
              SELECT `user`, TUMBLE_END(at, INTERVAL '1' MINUTE) AS minute_end, COUNT(*) AS clicks, SUM(price) AS spent
              FROM {{ ref("clicks_priced") }}
              GROUP BY `user`, TUMBLE(at, INTERVAL '1' MINUTE)
        """;

    public static CompiledProject Compile(string yaml) => Compile(new MemoryFiles(yaml));

    public static CompiledProject CompileFolder(string path) => Compile(new ProjectFolder(path));

    /// <summary>The files of a project that is one text.</summary>
    public static ProjectSources SourcesOf(string yaml) => new(new MemoryFiles(yaml), new ProjectOptions());

    /// <summary>The example that ships with Millrace: the seed project.</summary>
    public static CompiledProject CompileExample() =>
        CompileFolder(Path.Combine(Checkout.Root, "examples", "ecommerce"));

    private static CompiledProject Compile(IProjectFiles files)
    {
        ProjectCompilation compilation = ProjectCompiler.Compile(files, new ProjectOptions());
        Assert.True(compilation.Project is not null, string.Join('\n', compilation.Diagnostics));
        return compilation.Project;
    }

    private sealed class MemoryFiles(string yaml) : IProjectFiles
    {
        public string FolderName => "test";

        public IReadOnlyList<string> List(string folder) => folder.TrimEnd('/') == "models" ? ["models/all.yml"] : [];

        public string? Read(string path) => path == "models/all.yml" ? yaml : null;
    }
}
