using Millrace.Testing.Runs;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Specs;

/// <summary>An expression of a spec with the values that it has over the rows of the spec's only table.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Type">Its type; empty when the spec does not say.</param>
/// <param name="Values">A JSON value per row, in order; <c>BAD</c> for a row that it fails on.</param>
/// <param name="Refusal">The code with which the compiler refuses it; null when it has values.</param>
/// <param name="Line">Its line in the file, from one.</param>
public sealed record SpecValue(string Expression, string Type, IReadOnlyList<string> Values, string? Refusal, int Line);

/// <summary>
/// One spec: what a query means, in a text that someone who knows SQL and no C# can write. Sections that are absent are
/// null or empty and are not checked. See <see cref="SpecReader"/> for the format.
/// </summary>
/// <param name="Name">What it shows.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">Line of the name, from one.</param>
/// <param name="Tables">The inputs.</param>
/// <param name="Sql">The query; empty when the spec has values only.</param>
/// <param name="Records">The records in append order.</param>
public sealed record Spec(
    string Name, string Path, int Line, IReadOnlyList<TableText> Tables, string Sql, IReadOnlyList<TestRecord> Records)
{
    /// <summary>How many records come before each place at which the process is killed and another one takes
    /// over.</summary>
    public IReadOnlyList<int> Restarts { get; init; } = [];

    /// <summary>The rows as JSON, as a multiset.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Whether the rows come in this order.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The late rows, as the window read them, in order.</summary>
    public IReadOnlyList<string>? Late { get; init; }

    /// <summary>The bad records: reason, blank, record, in order.</summary>
    public IReadOnlyList<string>? Bad { get; init; }

    /// <summary>The columns: <c>name TYPE</c>, one per line.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>EXPLAIN's text.</summary>
    public string? Plan { get; init; }

    /// <summary>The diagnostics as they are printed.</summary>
    public string? Error { get; init; }

    public IReadOnlyList<SpecValue> Values { get; init; } = [];

    public override string ToString() => $"{Path}:{Line} {Name}";
}
