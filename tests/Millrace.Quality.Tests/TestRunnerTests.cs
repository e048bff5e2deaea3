using System.Text;
using System.Text.Json;
using Millrace.Diagnostics;
using Millrace.Projects;
using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>Schema and sample tests over topics, and their results as JSON.</summary>
public sealed class TestRunnerTests
{
    private const string Tests = """
        tests:
          - name: kinds
            model: clean
            type: schema
            assertions:
              - accepted_values: {column: kind, values: [a, b]}
          - name: some
            model: clean
            type: sample
            sample_size: 10
            assertions:
              - not_null: {columns: [id]}
          - name: raw
            source: clicks
            type: schema
            on_failure: {severity: warning}
            assertions:
              - not_null: {columns: [kind]}
          - name: alive
            model: clean
            type: continuous
            assertions:
              - max_lag: {seconds: 30}
        """;

    [Fact]
    public void Every_row_or_a_sample_is_looked_at_and_bad_records_are_not_rows()
    {
        Dictionary<string, string[]> topics = new()
        {
            ["clean"] =
                [.. Enumerable.Range(0, 100).Select(i => $$"""{"id":"{{i}}","kind":"{{(i == 7 ? "c" : "a")}}"}""")],
            ["clicks"] = ["{oops", "17", "[]", "", """{"id":"1","kind":"a"}""", """{"id":"2"}"""],
        };
        IReadOnlyList<TestResult> results = new TestRunner(
            Definitions.Project(Tests),
            t => topics[t.Name].Select((v, i) => new TopicRow(3, i, Encoding.UTF8.GetBytes(v)))).Run();

        Assert.Equal([("kinds", 100L, false), ("some", 10L, true), ("raw", 2L, false)],
            results.Select(r => (r.Test, r.Rows, r.Passed)));
        Assert.Equal([(3, 7L)], results[0].Assertions[0].Counterexamples.Select(c => (c.Partition, c.Offset)));
        Assert.Equal([Severity.Error, Severity.Error, Severity.Warning], results.Select(r => r.Severity));
        Assert.Equal(Json(results), Json(Read(results)));
    }

    [Fact]
    public void Values_need_live_only_until_the_next_row()
    {
        static IEnumerable<TopicRow> rows(CompiledTable table)
        {
            byte[] shared = """{"id":"0","kind":"a"}"""u8.ToArray();
            for (int i = 0; i < 10; i++)
            {
                shared[7] = (byte)('0' + i);
                yield return new TopicRow(0, i, shared);
            }

            shared.AsSpan().Fill((byte)'x');
        }

        IReadOnlyList<TestResult> results = new TestRunner(Definitions.Project(Tests), rows).Run();

        Assert.All(results, r => Assert.Equal((true, 10L), (r.Passed, r.Rows)));
    }

    private static IReadOnlyList<TestResult> Read(IReadOnlyList<TestResult> results)
    {
        using JsonDocument document = JsonDocument.Parse(Json(results));
        return TestResult.Read(document.RootElement);
    }

    private static string Json(IReadOnlyList<TestResult> results)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            TestResult.Write(json, results);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
