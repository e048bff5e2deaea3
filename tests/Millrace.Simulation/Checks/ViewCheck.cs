using System.Text;
using Millrace.Hosting.Views;
using Millrace.Simulation.Reference;
using Millrace.Simulation.Running;

namespace Millrace.Simulation.Checks;

/// <summary>Compares the rows that a reader gets with those of the undisturbed run.</summary>
internal static class ViewCheck
{
    public static readonly ViewQuery AllRows = new() { Limit = int.MaxValue };

    /// <summary>Compares all rows of all models of a process that has nothing to do.</summary>
    public static void All(SimulatedProcess process, ExpectedTopics expected)
    {
        foreach (string model in process.Project.Models.Select(m => m.Name))
        {
            Task<ViewCapture> rows = process.Ask(model, AllRows);
            process.Engine.TryRunOnce();
            if (!rows.IsCompleted)
            {
                throw new SimulationFailure($"{model} is not answered");
            }

            Same(model, rows.Result.Answer(AllRows), expected);
        }
    }

    /// <param name="model">The model that was asked.</param>
    /// <param name="answer">What it said.</param>
    /// <param name="expected">At the answer's position.</param>
    public static void Same(string model, ViewAnswer answer, ExpectedTopics expected)
    {
        if (answer.Outcome != ViewOutcome.Answered)
        {
            throw new SimulationFailure($"{model} does not answer: {answer.Outcome} {answer.Problem}");
        }

        Same(model + ", live", expected.Current!.Run.Live(model), answer.Rows.Where(r => r.IsLive));
        if (answer.IsComplete)
        {
            Same(model + ", final", expected.Final(model), answer.Rows.Where(r => !r.IsLive));
        }
    }

    private static void Same(string what, IEnumerable<string> expected, IEnumerable<ViewRow> found)
    {
        string[] theirs = [.. expected.Order(StringComparer.Ordinal)];
        string[] ours = [.. found.Select(r => Encoding.UTF8.GetString(r.Json.Span)).Order(StringComparer.Ordinal)];
        if (!theirs.AsSpan().SequenceEqual(ours))
        {
            throw new SimulationFailure(
                $"{what}: {ours.Length} rows, not {theirs.Length}; missing: {theirs.Except(ours).FirstOrDefault()}; "
                + $"too much: {ours.Except(theirs).FirstOrDefault()}");
        }
    }
}
