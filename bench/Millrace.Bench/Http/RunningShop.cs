using System.Text;
using Millrace.Bench.Shop;
using Millrace.Demo;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Projects;
using Millrace.Quality;
using Millrace.Quality.Alerts;
using Millrace.Quality.Continuous;
using Millrace.Serving;
using Millrace.Storage.Disk;

namespace Millrace.Bench.Http;

/// <summary>
/// The example as it runs for a user: runtime, monitor and server over a data folder of its own with fsync, the shop's
/// catalogue loaded. It can be fed in the background at a steady rate.
/// </summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private const int BeatMs = 20;
    private const int EventTimeSpeed = 30;
    private const int KeptKeys = 20_000;
    private readonly TempFolder folder = new();
    private readonly AlertSender alerts = new(TimeProvider.System);
    private readonly MillraceRuntime runtime;
    private readonly ContinuousMonitor monitor;
    private readonly ShopGenerator generator;
    private readonly ShopBatch batch = new();
    private MillraceServer? server;

    private RunningShop(int eventsPerSecond)
    {
        CompiledProject project = ExampleProject.Compile();
        runtime = MillraceRuntime.Start(project, new RuntimeOptions
        {
            DataFolder = folder.Path, Durability = Durability.Fsync, MaxQueuedRequests = 100_000,
        });
        monitor = new ContinuousMonitor(project, runtime.GetStatus, alerts, TimeProvider.System, _ => { });
        generator = new ShopGenerator(new ShopOptions
        {
            StartMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Users = 100_000, Products = 10_000,
            EventsPerSecond = (double)eventsPerSecond / EventTimeSpeed, DailyShape = false,
        });
    }

    public Uri Address => new(server!.Address);

    /// <summary>Sessions of recent events.</summary>
    public List<string> Sessions { get; } = [];

    /// <summary>Products of recent events.</summary>
    public List<string> Products { get; } = [];

    public static async Task<RunningShop> StartAsync(int eventsPerSecond)
    {
        RunningShop shop = new(eventsPerSecond);
        await shop.runtime.Ready.ConfigureAwait(false);
        shop.server = await MillraceServer.StartAsync(
            shop.runtime, shop.monitor, new TestRunner(shop.runtime.Project, _ => []),
            new ServerOptions { Port = 0 }, CancellationToken.None).ConfigureAwait(false);
        await shop.AddAsync(1).ConfigureAwait(false);
        return shop;
    }

    /// <summary>Appends so many events as fast as they are taken, and waits until the models have processed them.
    /// Remembers keys to ask for.</summary>
    public async Task AddAsync(int events)
    {
        AppendResult last = default!;
        while (events > 0 && generator.Next(batch, Math.Min(1000, events)))
        {
            events -= batch.Events.Count;
            Remember(Sessions, "\"session_id\":\""u8);
            Remember(Products, "\"product_id\":\""u8);
            last = await AppendBatchAsync().ConfigureAwait(false);
        }

        await runtime.WaitForAsync(last.EndPosition).ConfigureAwait(false);
    }

    /// <summary>Feeds it at a steady rate until cancelled; returns the events per second that it took.</summary>
    public async Task<double> FeedAsync(int eventsPerSecond, CancellationToken cancel)
    {
        long started = TimeProvider.System.GetTimestamp();
        long sent = 0;
        while (!cancel.IsCancellationRequested)
        {
            double due = TimeProvider.System.GetElapsedTime(started).TotalSeconds * eventsPerSecond;
            while (sent < due && generator.Next(batch, (int)Math.Clamp(due - sent, 1, 1000)))
            {
                sent += batch.Events.Count;
                await AppendBatchAsync().ConfigureAwait(false);
            }

            await Task.Delay(BeatMs, CancellationToken.None).ConfigureAwait(false);
        }

        return sent / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Waits until the models have processed what is committed now.</summary>
    public Task CatchUpAsync() => runtime.WaitForAsync(runtime.GetStatus().Log.CommittedPosition);

    /// <summary>The next events as bodies of requests, so many in each.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Bodies(int count, int eventsInEach)
    {
        while (count > 0 && generator.Next(batch, eventsInEach))
        {
            if (batch.Events.Count == eventsInEach)
            {
                count--;
                yield return batch.Events.Span.ToArray();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server!.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await server.DisposeAsync().ConfigureAwait(false);
        await monitor.DisposeAsync().ConfigureAwait(false);
        runtime.Dispose();
        alerts.Dispose();
        folder.Dispose();
    }

    private async Task<AppendResult> AppendBatchAsync()
    {
        AppendResult result = new(AppendOutcome.Committed, 0, [], 0);
        if (batch.Products.Length > 0)
        {
            result = await runtime.AppendAsync("products", batch.Products.Memory, batch.ProductsFromMs)
                .ConfigureAwait(false);
        }

        return batch.Events.Length == 0
            ? result
            : await runtime.AppendAsync("clickstream", batch.Events.Memory).ConfigureAwait(false);
    }

    private void Remember(List<string> keys, ReadOnlySpan<byte> before)
    {
        ReadOnlySpan<byte> rest = batch.Events.Span;
        while (keys.Count < KeptKeys && rest.IndexOf(before) is >= 0 and int at)
        {
            rest = rest[(at + before.Length)..];
            keys.Add(Uri.EscapeDataString(Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')])));
        }
    }
}
