using System.Globalization;
using Millrace.EndToEnd.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// Clients post without pause while the process is killed again and again: while it starts, recovers, ingests, steps,
/// takes snapshots, compacts, lets go of old records, rebuilds models of a changed project and puts it in the place of
/// the one before. Every acknowledged event is there once, none twice, and the models' rows are those of an undisturbed
/// run over the acknowledged events. <c>MILLRACE_KILLS=200</c> makes it a campaign, <c>MILLRACE_KILLS_SEED</c> another
/// one; its figures are in the test's output.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Limited = ["clickstream", "products", "events_clean", "product_popularity"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kills_at_random_moments_lose_and_double_nothing()
    {
        int kills = Setting("MILLRACE_KILLS", 7);
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

        if (kills >= 100)
        {
            Assert.All(FolderTraces.Kinds, k => Assert.True(figures.Of(KillMoment.NameOf(k)) > 0, $"none hit a {k}"));
            Assert.All(Limited, t => Assert.True(figures.GoneOf(t) > 0, $"{t} has let go of nothing"));
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
