using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>One data folder and many short lives of processes upon it.</summary>
internal sealed class KillCampaign
{
    private static readonly string[] Durabilities = ["fsync", "os"];

    private readonly TempFolder folder;
    private readonly int kills;
    private readonly KillFigures figures;
    private readonly Random random;
    private readonly KillMoment moment;
    private readonly SentEvents sent = new();
    private readonly string project;
    private double readyAfterMs = 1000;
    private int life;

    public KillCampaign(TempFolder folder, int seed, int kills, KillFigures figures)
    {
        this.folder = folder;
        this.kills = kills;
        this.figures = figures;
        random = new Random(seed);
        moment = new KillMoment(Data, random);
        project = KillProject.Write(folder);
    }

    private string Data => folder["data"];

    public async Task RunAsync()
    {
        while (figures.Kills < kills)
        {
            if (random.Next(4) == 0)
            {
                await using ChildProcess process = new(["up", .. Arguments()]);
                figures.Killed(await moment.KillStartingAsync(process, readyAfterMs));
            }
            else
            {
                await LiveAsync();
                life++;
            }
        }
    }

    /// <summary>
    /// Lets it live once more, closes all windows but those of this last life, and compares everything.
    /// </summary>
    public async Task JudgeAsync()
    {
        await using ServedProject last = await ServedProject.StartAsync(project, Data);
        KillClients clients = await BeginLifeAsync(last);
        await clients.PostOfEachSessionAsync();
        await last.CaughtUpAsync();
        int code = await last.TerminateAsync();
        KillJudge judge = new(folder, project, Data, sent, figures);
        await judge.JudgeAsync(KillClients.StartMs(life) - KillClients.DisorderMs);
        Xunit.Assert.Equal(0, code);
    }

    private async Task LiveAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        await using ServedProject served = await ServedProject.StartAsync([.. Arguments()]);
        readyAfterMs = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        KillClients clients = await BeginLifeAsync(served);
        await clients.PostUntilAsync(async () =>
            figures.Killed(await moment.KillServingAsync(served, sent, clients.Dying)));
    }

    private async Task<KillClients> BeginLifeAsync(ServedProject served)
    {
        sent.NextLife();
        KillClients clients = new(served, sent, life, random);
        await clients.RepeatEventsAsync();
        await (life == 0 ? clients.PostCatalogueAsync(0, random) : clients.RepeatCatalogueAsync());
        return clients;
    }

    private string[] Arguments() =>
    [
        project, "--data", Data, "--port", "0", "--workers", $"{random.Next(1, 4)}",
        "--durability", Durabilities[random.Next(2)],
    ];
}
