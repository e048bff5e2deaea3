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
