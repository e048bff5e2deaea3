using Millrace.Conformance.Answers;
using Millrace.Conformance.Reports;

namespace Millrace.Conformance;

/// <summary>
/// <c>CASES EXPECTED [--case NAME] [--json FILE]</c>: runs the cases through the real compiler and engine, prints a
/// line per file and the differences, and ends with <c>N agree, N differ, N not supported</c>. Exit code 1 when
/// anything differs.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        string[] paths = [.. arguments.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
        if (paths.Length != 2)
        {
            Console.Error.WriteLine("usage: CASES EXPECTED [--case NAME] [--json FILE]");
            return 2;
        }

        List<FileReport> reports = [];
        foreach (FileReport report in Report.Run(
            paths[0], paths[1], Option(arguments, "--case"), new MillraceAnswerer(), Checkout.Differences()))
        {
            Report.WriteLine(report, Console.Out);
            reports.Add(report);
        }

        if (Option(arguments, "--json") is { } path)
        {
            using FileStream file = File.Create(path);
            Report.WriteJson(reports, file);
        }

        Tally tally = Tally.Of(reports.SelectMany(r => r.Answers));
        Console.WriteLine(tally);
        return tally.Differ == 0 ? 0 : 1;
    }

    private static string? Option(string[] arguments, string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
