using System.Globalization;
using Millrace.EndToEnd.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// Clients post without pause while the process is killed again and again: while it starts, recovers, ingests, steps,
/// takes snapshots. Every acknowledged event is there once, none twice, and the models' rows are those of an
/// undisturbed run over the same records. <c>MILLRACE_KILLS=200</c> makes it a campaign, <c>MILLRACE_KILLS_SEED</c>
/// another one; its figures are in the test's output.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kills_at_random_moments_lose_and_double_nothing()
    {
        int kills = Setting("MILLRACE_KILLS", 6);
        KillFigures figures = new();
        KillCampaign campaign = new(folder, Setting("MILLRACE_KILLS_SEED", 20260727), kills, figures);
        try
        {
            await campaign.RunAsync();
            await campaign.JudgeAsync();
        }
        finally
        {
            output.WriteLine(figures.ToString());
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
