using Millrace.Conformance.Reports;

namespace Millrace.Conformance;

/// <summary>Where the checkout is, and what lies beside it.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the corpus beside the checkout; null where there is none.</summary>
    public static string? Corpus()
    {
        string shared = Environment.GetEnvironmentVariable("MILLRACE_SHARED") ?? Path.Combine(Root, "..", "shared");
        string corpus = Path.Combine(shared, "conformance");
        return Directory.Exists(Path.Combine(corpus, "cases")) ? corpus : null;
    }

    public static Differences Differences() =>
        Reports.Differences.Read(File.ReadAllText(Path.Combine(Root, "docs", "differences.md")));

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Millrace.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Millrace.slnx is in no folder above the runner");
    }
}
