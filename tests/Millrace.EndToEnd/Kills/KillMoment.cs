using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>Waits for the moment to kill a process at, and tells what it hit. One for each process.</summary>
internal sealed class KillMoment
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Random random;
    private readonly FolderTraces traces;
    private readonly KillTarget target;

    /// <summary>To be made before the process is: what the folder shows by then is another's.</summary>
    public KillMoment(string data, KillTarget target, Random random)
    {
        this.random = random;
        this.target = target;
        traces = new FolderTraces(data);
    }

    /// <summary>
    /// Kills a process that nobody posts to: when its target comes, or at any moment between its first instruction and
    /// a little after it is ready.
    /// </summary>
    public async Task<string[]> KillStartingAsync(ChildProcess process, double readyAfterMs)
    {
        if (target == KillTarget.Starting)
        {
            await Task.Delay((int)(random.NextDouble() * readyAfterMs * 1.3));
        }
        else
        {
            await SeeAsync(process, TimeSpan.FromMilliseconds(readyAfterMs) + Patience);
        }

        bool isServing = process.Out.Any(l => l.Contains(" is ready: ", StringComparison.Ordinal));
        await process.KillAsync();
        return [isServing ? "just ready" : "starting, recovering", .. Unfinished()];
    }

    /// <summary>Kills under load: when its target comes, or after some acknowledgements.</summary>
    public async Task<string[]> KillServingAsync(ServedProject project, SentEvents sent, Action dying)
    {
        if (FolderTraces.Kinds.Contains(target))
        {
            await SeeAsync(project.Process, Patience);
        }
        else
        {
            int enough = sent.Acknowledged.Count + random.Next(20, 3000);
            await Eventually.True(() => sent.Acknowledged.Count >= enough || project.Process.HasExited, "events");
            await Task.Delay(random.Next(30));
        }

        if (project.Process.HasExited)
        {
            throw new InvalidOperationException("it ended by itself:\n" + project.Process.Printed);
        }

        dying();
        int inFlight = sent.InFlight;
        await project.Process.KillAsync();
        return ["serving", .. inFlight > 0 ? ["  requests open"] : Array.Empty<string>(), .. Unfinished()];
    }

    /// <summary>How figures call a kill in the middle of it.</summary>
    public static string NameOf(KillTarget kind) => $"in {kind}".ToLowerInvariant();

    // Looks as closely as it can: what it waits for lasts a few milliseconds. Then it lets some of them pass.
    private async Task SeeAsync(ChildProcess process, TimeSpan patience)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!traces.IsUnderWay(target) && !process.HasExited && TimeProvider.System.GetElapsedTime(start) < patience)
        {
            await Task.Yield();
        }

        await PassAsync(random.NextDouble() * (target == KillTarget.Rebuild ? 100 : 2));
    }

    private static async Task PassAsync(double ms)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds < ms)
        {
            await Task.Yield();
        }
    }

    /// <summary>What the dead process has left unfinished, in the order of the kinds.</summary>
    private IEnumerable<string> Unfinished() => FolderTraces.Kinds.Where(traces.IsUnderWay).Select(NameOf);
}
