using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>
/// A running check of one assertion about rows: sees row after row, counts, and keeps the first few that break it.
/// Not thread-safe.
/// </summary>
public abstract class RowCheck
{
    /// <summary>How many counterexamples are kept.</summary>
    public const int CounterexampleLimit = 5;

    private readonly List<Counterexample> counterexamples = [];
    private long @checked;
    private long failed;

    /// <summary>The assertion in words.</summary>
    public abstract string Description { get; }

    /// <summary>Looks at a row.</summary>
    public void Look(TestedRow row)
    {
        @checked++;
        if (ProblemOf(row) is { } problem)
        {
            failed++;
            if (counterexamples.Count < CounterexampleLimit)
            {
                counterexamples.Add(new Counterexample(row.Partition, row.Offset, problem, row.Json.GetRawText()));
            }
        }
    }

    public AssertionResult Result() => new(Description, @checked, failed, [.. counterexamples]);

    /// <summary>The check of an assertion about rows; null for one about the stream (lag, throughput).</summary>
    public static RowCheck? Of(AssertionDefinition assertion) => assertion switch
    {
        NotNullAssertion a => new NotNullCheck(a),
        AcceptedValuesAssertion a => new AcceptedValuesCheck(a),
        RangeAssertion a => new RangeCheck(a),
        UniqueAssertion a => new UniqueCheck(a),
        _ => null,
    };

    /// <summary>What is wrong with the row, or null when it passes.</summary>
    protected abstract string? ProblemOf(TestedRow row);
}
