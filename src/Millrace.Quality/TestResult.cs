using System.Text.Json;
using Millrace.Diagnostics;
using Millrace.Quality.Assertions;

namespace Millrace.Quality;

/// <summary>What came of a declared test.</summary>
/// <param name="Test">The test's name.</param>
/// <param name="Table">The source or model that it tests.</param>
/// <param name="Severity">Whether a failure is an error or a warning.</param>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Assertions">One result per assertion, in the order of the file.</param>
public sealed record TestResult(
    string Test, string Table, Severity Severity, long Rows, IReadOnlyList<AssertionResult> Assertions)
{
    public bool Passed => Assertions.All(a => a.Passed);

    /// <summary>
    /// Writes results as a JSON array, the form of <c>millrace test --format json</c> and of <c>GET /v1/tests</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<TestResult> results)
    {
        json.WriteStartArray();
        foreach (TestResult result in results)
        {
            result.Write(json);
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, IEnumerable{TestResult})"/> has written.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public static IReadOnlyList<TestResult> Read(JsonElement results) =>
        [.. results.EnumerateArray().Select(r => new TestResult(
        r.GetProperty("test").GetString()!,
        r.GetProperty("table").GetString()!,
        Enum.Parse<Severity>(r.GetProperty("severity").GetString()!, ignoreCase: true),
        r.GetProperty("rows").GetInt64(),
        [.. r.GetProperty("assertions").EnumerateArray().Select(ReadAssertion)]))];

    private static AssertionResult ReadAssertion(JsonElement assertion) => new(
        assertion.GetProperty("assertion").GetString()!,
        assertion.GetProperty("checked").GetInt64(),
        assertion.GetProperty("failed").GetInt64(),
        [.. assertion.GetProperty("counterexamples").EnumerateArray().Select(ReadExample)]);

    private static Counterexample ReadExample(JsonElement example) => new(
        example.GetProperty("partition").GetInt32(),
        example.GetProperty("offset").GetInt64(),
        example.GetProperty("problem").GetString()!,
        example.GetProperty("row").GetRawText());

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("test", Test);
        json.WriteString("table", Table);
        json.WriteString("severity", Severity.ToString().ToLowerInvariant());
        json.WriteBoolean("passed", Passed);
        json.WriteNumber("rows", Rows);
        json.WriteStartArray("assertions");
        foreach (AssertionResult assertion in Assertions)
        {
            Write(json, assertion);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AssertionResult assertion)
    {
        json.WriteStartObject();
        json.WriteString("assertion", assertion.Description);
        json.WriteBoolean("passed", assertion.Passed);
        json.WriteNumber("checked", assertion.Checked);
        json.WriteNumber("failed", assertion.Failed);
        json.WriteStartArray("counterexamples");
        foreach (Counterexample example in assertion.Counterexamples)
        {
            json.WriteStartObject();
            json.WriteNumber("partition", example.Partition);
            json.WriteNumber("offset", example.Offset);
            json.WriteString("problem", example.Problem);
            json.WritePropertyName("row");
            json.WriteRawValue(example.Row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
