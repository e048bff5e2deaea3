using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>Waits for the moment to kill a process at, and tells what it hit.</summary>
internal sealed class KillMoment(string data, Random random)
{
    /// <summary>Kills at any moment between the process's first instruction and a little after it is ready.</summary>
    public async Task<string[]> KillStartingAsync(ChildProcess process, double readyAfterMs)
    {
        await Task.Delay((int)(random.NextDouble() * readyAfterMs * 1.3));
        bool isServing = process.Out.Any(l => l.Contains(" is ready: ", StringComparison.Ordinal));
        bool hasFolder = Directory.Exists(Path.Combine(data, "topics"));
        await process.KillAsync();
        return [isServing ? "just ready" : hasFolder ? "starting, recovering" : "starting, first", .. Torn()];
    }

    /// <summary>Kills under load: after some acknowledgements, or when a snapshot is about to be written.</summary>
    public async Task<string[]> KillServingAsync(ServedProject project, SentEvents sent, Action dying)
    {
        int enough = sent.Acknowledged.Count + random.Next(20, 600);
        await Eventually.True(() => sent.Acknowledged.Count >= enough || project.Process.HasExited, "events");
        await Task.Delay(random.Next(30));
        if (random.Next(3) == 0)
        {
            await SnapshotBeginsAsync(project.Process);
        }

        long lag = await LagAsync(project);
        if (project.Process.HasExited)
        {
            throw new InvalidOperationException("it ended by itself:\n" + project.Process.Printed);
        }

        dying();
        int inFlight = sent.InFlight;
        await project.Process.KillAsync();
        return
        [
            "serving", .. inFlight > 0 ? ["  requests open"] : Array.Empty<string>(),
            .. lag > 0 ? ["  steps to do"] : Array.Empty<string>(), .. Torn(),
        ];
    }

    private static async Task<long> LagAsync(ServedProject project)
    {
        JsonNode? status = (await project.GetAsync("/v1/status")).Json;
        return (long)status!["engine"]!["lag"]!;
    }

    // Watches the folder as closely as it can, for a second at most: a snapshot lasts a few milliseconds.
    private async Task SnapshotBeginsAsync(ChildProcess process)
    {
        string folder = Path.Combine(data, "snapshots");
        if (!Directory.Exists(folder))
        {
            return;
        }

        HashSet<string> before = [.. Directory.EnumerateFiles(folder)];
        long start = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(1)
            && !Directory.EnumerateFiles(folder).Any(f => !before.Contains(f)))
        {
            await Task.Yield();
        }
    }

    /// <summary>What the dead process has left unfinished.</summary>
    private IEnumerable<string> Torn()
    {
        string folder = Path.Combine(data, "snapshots");
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(f => !f.EndsWith(".snapshot"))
            ? ["  snapshot unfinished"]
            : [];
    }
}
