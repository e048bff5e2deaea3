using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>One assertion of a test. NULL passes all of them but <see cref="NotNullAssertion"/>.</summary>
/// <param name="Location">The assertion's key, in the file.</param>
public abstract record AssertionDefinition(Location Location);

/// <summary>None of the columns is NULL.</summary>
public sealed record NotNullAssertion(IReadOnlyList<string> Columns, Location Location) : AssertionDefinition(Location);

/// <summary>The column's value, written as text, is one of these.</summary>
public sealed record AcceptedValuesAssertion(string Column, IReadOnlyList<string> Values, Location Location)
    : AssertionDefinition(Location);

/// <summary>The column's number is between the bounds, both included; a null bound is none.</summary>
public sealed record RangeAssertion(string Column, decimal? Min, decimal? Max, Location Location)
    : AssertionDefinition(Location);

/// <summary>No two rows have the same values in all of the columns.</summary>
public sealed record UniqueAssertion(IReadOnlyList<string> Columns, Location Location) : AssertionDefinition(Location);

/// <summary>
/// The newest row is at most this old, by the named column or, when none is named, by the table's time column (the
/// record's timestamp where it has none). Continuous tests only.
/// </summary>
public sealed record MaxLagAssertion(string? Column, long MaxLagMs, Location Location) : AssertionDefinition(Location);

/// <summary>Between <c>Min</c> and <c>Max</c> rows come in each period of <c>PerMs</c> milliseconds. Continuous tests
/// only.</summary>
public sealed record ThroughputAssertion(double? Min, double? Max, long PerMs, Location Location)
    : AssertionDefinition(Location);
