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
    private readonly SentEvents sent = new();
    private readonly KillProject project;
    private readonly Queue<KillTarget> targets = [];
    private double readyAfterMs = 1000;
    private int life;

    public KillCampaign(TempFolder folder, int seed, int kills, KillFigures figures)
    {
        this.folder = folder;
        this.kills = kills;
        this.figures = figures;
        random = new Random(seed);
        project = new KillProject(folder);
    }

    private string Data => folder["data"];

    public async Task RunAsync()
    {
        while (figures.Kills < kills)
        {
            KillTarget target = Next();
            bool isChange = target is KillTarget.Rebuild or KillTarget.Takeover;
            if (isChange || random.Next(8) == 0)
            {
                project.Change(isRebuilt: target == KillTarget.Rebuild || random.Next(2) == 0);
            }

            KillMoment moment = new(Data, target, random);
            if (isChange || target == KillTarget.Starting)
            {
                await using ChildProcess process = new(["up", .. Arguments()]);
                figures.Killed(await moment.KillStartingAsync(process, readyAfterMs));
            }
            else
            {
                await LiveAsync(moment);
                life++;
            }
        }
    }

    /// <summary>
    /// Lets it live once more, closes all windows but those of this last life, and compares everything.
    /// </summary>
    public async Task JudgeAsync()
    {
        await using ServedProject last = await ServedProject.StartAsync([.. Arguments()]);
        KillClients clients = await BeginLifeAsync(last);
        await clients.PostOfEachSessionAsync();
        await last.CaughtUpAsync();

        // Asked of the folder: a take-over that is done before the process serves is not announced.
        await Eventually.Get(
            () => Verb.OkAsync("plan", project.Path, "--data", Data),
            plan => plan.Out.Contains("nothing changes", StringComparison.Ordinal),
            "the changed project");
        int code = await last.TerminateAsync();
        KillJudge judge = new(folder, project.Path, Data, sent, figures);
        await judge.JudgeAsync(KillClients.StartMs(life) - KillClients.DisorderMs);
        Xunit.Assert.Equal(0, code);
    }

    // Each once, in an order of its own, then again.
    private KillTarget Next()
    {
        if (targets.Count == 0)
        {
            KillTarget[] all = Enum.GetValues<KillTarget>();
            random.Shuffle(all);
            Array.ForEach(all, targets.Enqueue);
        }

        return targets.Dequeue();
    }

    private async Task LiveAsync(KillMoment moment)
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
        project.Path, "--data", Data, "--port", "0", "--yes", "--workers", $"{random.Next(1, 4)}",
        "--durability", Durabilities[random.Next(2)], "--retention-interval", "200ms",
    ];
}
