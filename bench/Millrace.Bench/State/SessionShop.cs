using Millrace.Bench.Shop;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Storage.Snapshots;

namespace Millrace.Bench.State;

/// <summary>
/// A runtime with fsync that many sessions are open in. Snapshots are taken only when asked for.
/// </summary>
internal sealed class SessionShop : IDisposable
{
    private const int Batch = 2_000;
    private const int BatchesSent = 5;
    private readonly SessionLines lines;

    private SessionShop(MillraceRuntime runtime, int sessions)
    {
        Runtime = runtime;
        lines = new SessionLines(sessions, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    public MillraceRuntime Runtime { get; }

    public SessionLines Lines => lines;

    public static async Task<SessionShop> StartAsync(string folder, int sessions)
    {
        SessionShop shop = new(Open(folder), sessions);
        await shop.Runtime.Ready.ConfigureAwait(false);
        return shop;
    }

    public static MillraceRuntime Open(string folder) => MillraceRuntime.Start(
        ExampleProject.Compile(),
        new RuntimeOptions { DataFolder = folder, CheckpointInterval = TimeSpan.FromDays(1) });

    /// <summary>Appends the catalogue and an event of every session, and waits until the models have them.</summary>
    public async Task FillAsync(int sessions)
    {
        await Runtime.AppendAsync("products", SessionLines.Products(), 0).ConfigureAwait(false);
        await AddAsync(sessions).ConfigureAwait(false);
    }

    /// <summary>Appends so many events, as fast as they are taken, and waits until the models have them.</summary>
    public async Task AddAsync(int events)
    {
        AppendResult last = default!;
        byte[] buffer = [];
        for (int sent = 0; sent < events; sent += Batch)
        {
            ReadOnlyMemory<byte> next = lines.Next(Math.Min(Batch, events - sent), ref buffer);
            last = await Runtime.AppendAsync("clickstream", next).ConfigureAwait(false);
        }

        await Runtime.WaitForAsync(last.EndPosition).ConfigureAwait(false);
    }

    /// <summary>Appends as fast as records are taken and processed until cancelled.</summary>
    public async Task FeedAsync(CancellationToken cancel)
    {
        Queue<Task<AppendResult>> sent = new();
        byte[][] buffers = [.. Enumerable.Repeat<byte[]>([], BatchesSent)];
        for (int batch = 0; !cancel.IsCancellationRequested; batch = (batch + 1) % BatchesSent)
        {
            sent.Enqueue(Runtime.AppendAsync("clickstream", lines.Next(Batch, ref buffers[batch])));
            if (sent.Count == BatchesSent)
            {
                AppendResult taken = await sent.Dequeue().ConfigureAwait(false);
                await Runtime.WaitForAsync(taken.EndPosition).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes a snapshot; returns when it is durable.</summary>
    public async Task<SnapshotInfo?> SnapshotAsync() => await (await Runtime.Core.Engine.Between.Ask(
        () => Runtime.Core.SnapshotTaker.Request(),
        Task.FromResult<SnapshotInfo?>(null)).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Does something on the engine's thread between two steps.</summary>
    public Task BetweenStepsAsync(Action action) => Runtime.Core.Engine.Between.Ask(
        () =>
        {
            action();
            return true;
        },
        false);

    public void Dispose() => Runtime.Dispose();
}
