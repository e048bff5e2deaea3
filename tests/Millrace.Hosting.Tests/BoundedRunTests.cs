using System.Text.Json;
using Millrace.Diagnostics;
using Millrace.Hosting.Bounded;
using Millrace.Hosting.Tests.Support;
using Millrace.Plans;
using Millrace.Sql;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class BoundedRunTests : IDisposable
{
    private const string Clicks = """
        {"id":"1","user":"u","item":"a","at":"2024-01-01T10:00:01Z"}
        {"id":"2","user":"v","item":"b","at":"2024-01-01 10:00:30"}
        not json
        {"id":"3","user":"u","item":"a","at":"2024-01-01T11:01:10+01:00"}
        {"id":"4","user":"u","item":"x","at":1704103330000}
        {"id":"5","user":"u","item":"a","at":"2024-01-01T10:00:02Z"}
        """;

    private const string Items = "item,price,since\na,1.5,\na,2.5,2024-01-01T10:01:00Z\nb,4,\n";

    private readonly string folder = Directory.CreateTempSubdirectory("millrace-run").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(2, 2)]
    [InlineData(3, 1000)]
    public void Files_in_files_out(int workers, int batchRows)
    {
        BoundedSummary summary = Run(
            [
                new BoundedInput("clicks", Write("clicks.ndjson", Clicks)),
                new BoundedInput("items", Write("items.csv", Items)) { TimestampColumn = "since" },
            ],
            workers,
            batchRows);

        Assert.Equal(
            """
            {"id":"1","user":"u","item":"a","at":"2024-01-01T10:00:01Z","price":1.5}
            {"id":"2","user":"v","item":"b","at":"2024-01-01T10:00:30Z","price":4.0}
            {"id":"3","user":"u","item":"a","at":"2024-01-01T10:01:10Z","price":2.5}
            {"id":"4","user":"u","item":"x","at":"2024-01-01T10:02:10Z","price":null}
            {"id":"5","user":"u","item":"a","at":"2024-01-01T10:00:02Z","price":1.5}

            """,
            Read("clicks_priced.ndjson"));
        Assert.Equal(
            """
            {"user":"u","minute_end":"2024-01-01T10:01:00","clicks":1,"spent":1.5}
            {"user":"v","minute_end":"2024-01-01T10:01:00","clicks":1,"spent":4.0}
            {"user":"u","minute_end":"2024-01-01T10:02:00","clicks":1,"spent":2.5}
            {"user":"u","minute_end":"2024-01-01T10:03:00","clicks":1,"spent":null}

            """,
            Read("clicks_per_minute.ndjson"));
        Assert.Contains("\"original\":\"not json\"", Read("clicks.bad.ndjson"));
        Assert.Contains("\"id\":\"5\"", Read("clicks_per_minute.late.ndjson"));
        Assert.Equal(9, summary.Rows);
        Assert.Equal(new BoundedSourceSummary(6, 1), summary.Sources["clicks"]);
        Assert.Equal(new BoundedModelSummary(5, 4, 1, 0, 0), summary.Models["clicks_per_minute"]);
        using JsonDocument json = JsonDocument.Parse(Read("summary.json"));
        JsonElement models = json.RootElement.GetProperty("models");
        Assert.Equal(1, models.GetProperty("clicks_per_minute").GetProperty("late").GetInt64());
        Assert.Equal(1, models.GetProperty("clicks_priced").GetProperty("unmatched").GetInt64());
    }

    [Fact]
    public void A_timestamp_that_is_none_is_a_bad_record()
    {
        BoundedSummary summary = Run(
            [
                new BoundedInput("items", Write("items.csv", "item,price,since\na,1.5,soon\n"))
                {
                    TimestampColumn = "since",
                },
                new BoundedInput("clicks", Write("clicks.ndjson", Clicks)),
            ],
            1,
            100);

        Assert.Equal(new BoundedSourceSummary(1, 1), summary.Sources["items"]);
        Assert.Contains("soon", Read("items.bad.ndjson"));
    }

    [Fact]
    public void A_map_turns_a_files_columns_into_a_sources()
    {
        string path = Write(
            "log.csv", "who;what;when\nu;a;2024-01-01 10:00:01 UTC\nv;b;2024-01-01 10:00:30 UTC\n\nu;;\n");
        SourceMap map = Map(
            path,
            """
            SELECT CONCAT('e', CAST(line_number AS STRING)) AS id, who AS `user`, what AS item,
              CONCAT(SUBSTRING(`when`, 1, 19), 'Z') AS at
            FROM input WHERE what IS NOT NULL
            """);
        BoundedSummary summary = Run([new BoundedInput("clicks", path) { Map = map }], 1, 1);

        Assert.Equal(2, summary.Rows);
        Assert.Equal(
            """
            {"id":"e1","user":"u","item":"a","at":"2024-01-01T10:00:01Z","price":null}
            {"id":"e2","user":"v","item":"b","at":"2024-01-01T10:00:30Z","price":null}

            """,
            Read("clicks_priced.ndjson"));
    }

    [Fact]
    public void A_map_sees_the_fields_of_JSON_as_texts()
    {
        string path = Write("log.ndjson", "{\"n\":1}\n{\"who\":\"u\",\"n\":{\"x\":[2]}}\nnot json\n");
        Assert.Equal(["n", "who", "line_number"], MapInput.Describe(path, null).Fields.Select(f => f.Name));

        SourceMap map = Map(path, "SELECT n AS item, who AS `user`, CAST(line_number AS STRING) AS id FROM input");
        BoundedSummary summary = Run([new BoundedInput("clicks", path) { Map = map }], 1, 100);
        string rows = Read("clicks_priced.ndjson");
        Assert.Contains("{\"id\":\"1\",\"user\":null,\"item\":\"1\"", rows);
        Assert.Contains("\"id\":\"2\",\"user\":\"u\",\"item\":\"{\\\"x\\\":[2]}\"", rows);
        Assert.Equal(1, summary.Sources["clicks"].Bad);
        Assert.Contains("not json", Read("clicks.bad.ndjson"));
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_before_anything_is_written()
    {
        string path = Write("log.csv", "who,what\nu,a\n");
        BoundedInput[] wrong =
        [
            new("click", path),
            new("clicks", path) { Map = Map(path, "SELECT who AS person FROM input") },
        ];
        foreach (BoundedInput input in wrong)
        {
            Assert.Throws<ArgumentException>(() => Run([input], 1, 100));
        }

        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Fact]
    public void Progress_ends_at_the_end()
    {
        List<BoundedProgress> seen = [];
        BoundedRun.Run(TestProject.Compile(TestProject.Shop), new BoundedRunOptions
        {
            Inputs = [new BoundedInput("clicks", Write("clicks.ndjson", Clicks))],
            OutputFolder = Path.Combine(folder, "out"),
            BatchRows = 2,
            Progress = seen.Add,
        });

        Assert.Equal(new BoundedProgress(6, Clicks.Length, Clicks.Length), seen[^1]);
        Assert.Equal(seen.Select(p => p.Rows).Order(), seen.Select(p => p.Rows));
    }

    private BoundedSummary Run(IReadOnlyList<BoundedInput> inputs, int workers, int batchRows) =>
        BoundedRun.Run(TestProject.Compile(TestProject.Shop), new BoundedRunOptions
        {
            Inputs = inputs,
            OutputFolder = Path.Combine(folder, "out"),
            Workers = workers,
            BatchRows = batchRows,
        });

    private static SourceMap Map(string path, string sql)
    {
        TableDefinition input = MapInput.Describe(path, null);
        SqlCompilation compilation = SqlCompiler.Compile(new SourceText("map.sql", sql), new OneTable(input));
        Assert.True(compilation.Plan is not null, string.Join('\n', compilation.Diagnostics));
        return new SourceMap(input, compilation.Plan);
    }

    private sealed class OneTable(TableDefinition table) : ITableCatalog
    {
        public IReadOnlyCollection<string> TableNames => [table.Name];

        public TableDefinition? Find(string name) => name == table.Name ? table : null;
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, "out", name));

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
