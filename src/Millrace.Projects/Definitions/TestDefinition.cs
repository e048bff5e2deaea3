using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>How a test looks at its table.</summary>
public enum TestKind
{
    /// <summary>Every row that is there.</summary>
    Schema,

    /// <summary>A sample of <see cref="TestDefinition.SampleSize"/> rows.</summary>
    Sample,

    /// <summary>All the time, while the project runs.</summary>
    Continuous,
}

/// <summary>A declared test: assertions about the rows of one source or model.</summary>
/// <param name="Name">Unique among the tests.</param>
/// <param name="Table">The model or source that it tests.</param>
/// <param name="Kind">How it looks.</param>
/// <param name="SampleSize">Rows of a sample test.</param>
/// <param name="Severity">Whether a failure is an error or a warning.</param>
/// <param name="Assertions">At least one.</param>
/// <param name="Alerts">Whom to tell when it fails.</param>
/// <param name="Location">Its name, in the file.</param>
public sealed record TestDefinition(
    string Name,
    string Table,
    TestKind Kind,
    int SampleSize,
    Severity Severity,
    IReadOnlyList<AssertionDefinition> Assertions,
    IReadOnlyList<AlertDefinition> Alerts,
    Location Location);
