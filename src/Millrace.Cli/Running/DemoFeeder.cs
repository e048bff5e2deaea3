using Millrace.Demo;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;

namespace Millrace.Cli.Running;

/// <summary>
/// Feeds a running project a generated shop, through the same door as HTTP. Event time starts at the clock, or behind
/// the newest event that is already there, and runs as fast as was asked for. What is refused for want of room is sent
/// again until it is taken, and the wait is said; what is refused for another reason ends the demo.
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
                if (!await TryAppendAsync(Products, batch.Products.Memory, batch.ProductsFromMs, cancel)
                        .ConfigureAwait(false)
                    || !await TryAppendAsync(Events, batch.Events.Memory, null, cancel).ConfigureAwait(false))
                {
                    return;
                }
            }

            await Task.Delay(Beat, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryAppendAsync(
        string source, ReadOnlyMemory<byte> lines, long? timestampMs, CancellationToken cancel)
    {
        if (lines.IsEmpty)
        {
            return true;
        }

        string? waitsFor = null;
        while (true)
        {
            AppendResult result = await runtime.AppendAsync(source, lines, timestampMs).ConfigureAwait(false);
            string? room = result.Outcome switch
            {
                AppendOutcome.QueueFull => "the disk to catch up",
                AppendOutcome.MemoryFull => "memory",
                AppendOutcome.DiskFull => "room on the disk",
                _ => null,
            };
            if (room is null)
            {
                return IsTaken(result.Outcome, source, waitsFor);
            }

            // A full queue is the usual brake at a high rate; the others are for somebody to mend.
            if (room != waitsFor && result.Outcome != AppendOutcome.QueueFull)
            {
                log($"the demo waits for {waitsFor = room}");
            }

            await Task.Delay(Beat, cancel).ConfigureAwait(false);
        }
    }

    private bool IsTaken(AppendOutcome outcome, string source, string? waited)
    {
        if (outcome == AppendOutcome.Committed)
        {
            if (waited is not null)
            {
                log("the demo goes on");
            }

            return true;
        }

        // Why a runtime is not available is said by who watches it.
        if (outcome != AppendOutcome.Unavailable)
        {
            log($"error: the demo ends: {source} did not take its records ({outcome})");
        }

        return false;
    }

    private static long Newest(RuntimeStatus status) => status.Sources.Select(s => s.MaxEventTimeMs)
        .Concat(status.Models.Select(m => m.MaxEventTimeMs))
        .Max() ?? 0;
}
