using Millrace.Demo;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;

namespace Millrace.Cli.Running;

/// <summary>
/// Feeds a running project a generated shop, through the same door as HTTP. Event time starts at the clock, or behind
/// the newest event that is already there, and runs as fast as was asked for.
/// </summary>
internal sealed class DemoFeeder(MillraceRuntime runtime, DemoOptions options, Action<string> log)
{
    private const string Events = "clickstream";
    private const string Products = "products";
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (runtime.Project.FindSource(Events) is null || runtime.Project.FindSource(Products) is null)
        {
            log($"error: --demo needs the sources {Events} and {Products}");
            return;
        }

        RuntimeStatus status = runtime.GetStatus();
        long startMs = Math.Max(status.NowMs, Newest(status) + 1);
        ShopGenerator shop = new(new ShopOptions
        {
            StartMs = startMs,
            Seed = options.Seed + (ulong)status.Log.CommittedPosition,
            EventsPerSecond = options.Rate / options.Speed,
        });
        ShopBatch batch = new();
        long started = TimeProvider.System.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            double elapsedMs = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            long untilMs = startMs + (long)(elapsedMs * options.Speed);
            while (shop.Next(batch, 1000, untilMs))
            {
                await AppendAsync(Products, batch.Products.Memory, batch.ProductsFromMs, cancel).ConfigureAwait(false);
                await AppendAsync(Events, batch.Events.Memory, null, cancel).ConfigureAwait(false);
            }

            await Task.Delay(Beat, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AppendAsync(
        string source, ReadOnlyMemory<byte> lines, long? timestampMs, CancellationToken cancel)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        AppendResult result = await runtime.AppendAsync(source, lines, timestampMs).ConfigureAwait(false);
        while (result.Outcome == AppendOutcome.QueueFull)
        {
            await Task.Delay(Beat, cancel).ConfigureAwait(false);
            result = await runtime.AppendAsync(source, lines, timestampMs).ConfigureAwait(false);
        }
    }

    private static long Newest(RuntimeStatus status) => status.Sources.Select(s => s.MaxEventTimeMs)
        .Concat(status.Models.Select(m => m.MaxEventTimeMs))
        .Max() ?? 0;
}
