using System.Globalization;
using Millrace.Hosting.Bounded;

namespace Millrace.Cli.Screens;

/// <summary>
/// Shows how far a bounded run has come: a bar on a terminal, nothing in a pipe; and what it did, as a table.
/// </summary>
internal sealed class RunScreen
{
    private const int Width = 30;
    private readonly bool isTerminal = !Console.IsErrorRedirected;

    public void Show(BoundedProgress progress)
    {
        if (!isTerminal)
        {
            return;
        }

        double share = progress.BytesTotal == 0 ? 1 : Math.Min(1, (double)progress.BytesRead / progress.BytesTotal);
        string bar = new string('█', (int)(share * Width)).PadRight(Width, '░');
        Console.Error.Write(
            string.Create(CultureInfo.InvariantCulture, $"\r{bar} {share:P0}  {progress.Rows:N0} rows "));
    }

    public void Finish(BoundedSummary summary)
    {
        if (isTerminal)
        {
            Console.Error.WriteLine();
        }

        foreach ((string name, BoundedSourceSummary source) in summary.Sources)
        {
            Line(name, $"{source.RowsIn:N0} in, {source.Bad:N0} bad");
        }

        foreach ((string name, BoundedModelSummary model) in summary.Models)
        {
            Line(name, $"{model.RowsIn:N0} in, {model.RowsOut:N0} out, {model.Late:N0} late, {model.Bad:N0} bad");
        }

        Line("in all", $"{summary.Rows:N0} rows, {summary.Seconds:0.00} s, {summary.RowsPerSecond:N0} rows/s, "
            + $"{summary.PeakMemoryBytes / 1048576.0:N0} MiB at most");
    }

    private static void Line(string name, FormattableString text) =>
        Console.Out.WriteLine($"{name,-24} {text.ToString(CultureInfo.InvariantCulture)}");

    private static void Line(string name, string text) => Console.Out.WriteLine($"{name,-24} {text}");
}
