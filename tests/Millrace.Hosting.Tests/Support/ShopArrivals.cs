using Millrace.Demo;
using Xunit;

namespace Millrace.Hosting.Tests.Support;

/// <summary>What arrives from a small generated shop, some of it late, some bad: the catalogue first.</summary>
internal static class ShopArrivals
{
    /// <param name="startMs">When it begins.</param>
    /// <returns>Sixty times the same batch, filled anew with at most sixty events.</returns>
    public static IEnumerable<ShopBatch> Batches(long startMs)
    {
        ShopGenerator generator = new(new ShopOptions
        {
            StartMs = startMs,
            EventsPerSecond = 5,
            Users = 50,
            Products = 30,
            BadShare = 0.01,
            LateShare = 0.01,
            DailyShape = false,
        });
        ShopBatch batch = new();
        for (int i = 0; i < 60; i++)
        {
            Assert.True(generator.Next(batch, 60));
            yield return batch;
        }
    }
}
