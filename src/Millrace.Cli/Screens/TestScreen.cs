using System.Globalization;
using Millrace.Quality;
using Millrace.Quality.Assertions;

namespace Millrace.Cli.Screens;

/// <summary>Shows test results: a line per assertion, counterexamples below those that fail.</summary>
internal static class TestScreen
{
    public static void Show(IReadOnlyList<TestResult> results)
    {
        foreach (TestResult result in results)
        {
            string rows = result.Rows.ToString("N0", CultureInfo.InvariantCulture);
            Console.Out.WriteLine($"{result.Test} on {result.Table} ({rows} rows)");
            foreach (AssertionResult assertion in result.Assertions)
            {
                Show(assertion);
            }
        }

        int failed = results.Sum(r => r.Assertions.Count(a => !a.Passed));
        int passed = results.Sum(r => r.Assertions.Count(a => a.Passed));
        Console.Out.WriteLine($"{passed} assertions passed, {failed} failed");
    }

    private static void Show(AssertionResult assertion)
    {
        Console.Out.WriteLine($"  {(assertion.Passed ? "pass" : "FAIL")}  {assertion.Description}");
        if (assertion.Passed)
        {
            return;
        }

        string failed = assertion.Failed.ToString("N0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"        {failed} rows, for example:");
        foreach (Counterexample example in assertion.Counterexamples)
        {
            Console.Out.WriteLine($"        partition {example.Partition}, offset {example.Offset}: {example.Problem}");
            Console.Out.WriteLine($"          {example.Row}");
        }
    }
}
