using System.Diagnostics;
using System.Text;
using Millrace.Hosting.Bounded;
using Millrace.Hosting.Tests.Support;
using Xunit;

namespace Millrace.Hosting.Tests.Seed;

/// <summary>
/// The example's four models over real and synthetic events give the rows that a real Flink wrote for them.
/// </summary>
public sealed class FlinkComparisonTests : IDisposable
{
    private static readonly string Seed = Path.Combine(Checkout.Shared, "cluster", "seed");

    private readonly string folder = Directory.CreateTempSubdirectory("millrace-flink").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SharedTheory("cluster/seed/expected", "python3", "xz")]
    [InlineData("rees46", 1, 8192)]
    [InlineData("rees46", 3, 1000)]
    [InlineData("synthetic", 1, 8192)]
    [InlineData("synthetic", 2, 777)]
    public void Rows_are_those_of_Flink(string set, int workers, int batchRows)
    {
        string inputs = Path.Combine(folder, "in");
        string[] arguments = set == "rees46"
            ? ["rees46", Path.Combine(Checkout.Shared, "data", "rees46", "2019-Oct.csv"), inputs]
            : ["synthetic", inputs, "--events", "50000"];
        Run("python3", [Path.Combine(Seed, "events.py"), .. arguments]);
        BoundedSummary summary = BoundedRun.Run(TestProject.CompileExample(), new BoundedRunOptions
        {
            Inputs =
            [
                new BoundedInput("clickstream", Path.Combine(inputs, "clickstream.ndjson")),
                new BoundedInput("products", Path.Combine(inputs, "products.ndjson"))
                {
                    TimestampColumn = "valid_from",
                },
            ],
            OutputFolder = Path.Combine(folder, "out"),
            Workers = workers,
            BatchRows = batchRows,
        });

        Assert.Equal(4, summary.Models.Count);
        foreach ((string model, BoundedModelSummary counts) in summary.Models)
        {
            string expected = Run("xz", ["-dc", Path.Combine(Seed, "expected", set, model + ".tsv.xz")]);
            string[] lines = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] rows = [.. lines.Select(l => l.Split('\t', 2)[1])];
            RowComparison.AssertSame(rows, File.ReadLines(Path.Combine(folder, "out", model + ".ndjson")));
            Assert.Equal((rows.Length, 0, 0), (counts.RowsOut, counts.Late, counts.Bad));
        }

        Assert.Equal(0, summary.Sources["clickstream"].Bad);
    }

    private static string Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
