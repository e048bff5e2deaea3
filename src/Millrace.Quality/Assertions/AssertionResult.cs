namespace Millrace.Quality.Assertions;

/// <summary>A row that broke an assertion.</summary>
/// <param name="Partition">The topic's partition.</param>
/// <param name="Offset">The record's offset there.</param>
/// <param name="Problem">What is wrong with it: <c>device_type is "fridge"</c>.</param>
/// <param name="Row">The row's JSON.</param>
public sealed record Counterexample(int Partition, long Offset, string Problem, string Row);

/// <summary>What came of one assertion.</summary>
/// <param name="Description">The assertion in words: <c>event_count is between 1 and 10000</c>.</param>
/// <param name="Checked">Rows looked at.</param>
/// <param name="Failed">Rows that broke it.</param>
/// <param name="Counterexamples">The first few of them.</param>
public sealed record AssertionResult(
    string Description, long Checked, long Failed, IReadOnlyList<Counterexample> Counterexamples)
{
    public bool Passed => Failed == 0;
}
