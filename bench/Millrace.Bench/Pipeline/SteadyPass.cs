using Millrace.Bench.Shop;
using Millrace.Demo;
using Millrace.Hosting;
using Millrace.Storage.Disk;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// What the whole pipeline allocates per event when everything has its size: late in a log of many hours, when windows
/// come and go and the views have been full for long, and before the end, where a start gets ready for snapshots once.
/// </summary>
internal static class SteadyPass
{
    public static void Run(int events, TextWriter output)
    {
        // Prices stay: every version of a product is kept for good, so changes would be growth.
        ShopOptions quiet = new()
        {
            EventsPerSecond = 20, Users = 20_000, Products = 2_000, DailyShape = false, PriceChangesPerSecond = 0,
        };
        using ShopLog log = new(ExampleProject.Compile(), events, quiet);
        using MillraceRuntime runtime = MillraceRuntime.Start(log.Project, new RuntimeOptions
        {
            DataFolder = log.Folder.Path, Durability = Durability.Os, ViewBytes = 8 << 20,
        });
        long from = Reach(runtime, events / 2);
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long rest = Reach(runtime, events / 20 * 19) - from;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        output.WriteLine("Allocated per event in steady state, everything written, views full, windows coming and "
            + $"going: {(double)bytes / rest:N2} bytes over the last {rest:N0} (goal: less than 1).");
        output.WriteLine();
        runtime.Ready.GetAwaiter().GetResult();
    }

    private static long Reach(MillraceRuntime runtime, long position)
    {
        while (runtime.Core.Engine.Run.Reading.Position < position && !runtime.Ready.IsCompleted)
        {
            Thread.Sleep(1);
        }

        return runtime.Core.Engine.Run.Reading.Position;
    }
}
