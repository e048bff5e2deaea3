using System.Text;
using Millrace.Demo;
using Millrace.Hosting.Running;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Storage.Folders;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

public sealed class RecoveryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restarts_lose_nothing_and_double_nothing(bool isKilled)
    {
        Dictionary<string, string[]> expected;
        using (RunningShop undisturbed = new(TestProject.CompileExample()))
        {
            await Feed(undisturbed, restart: null);
            undisturbed.Stop();
            expected = undisturbed.Export();
        }

        using RunningShop shop = new(TestProject.CompileExample());
        await Feed(shop, () =>
        {
            if (isKilled)
            {
                shop.Abandon();
            }
            else
            {
                shop.Stop();
            }

            shop.StartAgain();
        });
        string[] live = await shop.Rows("user_sessions", new ViewQuery { Parts = ViewParts.LiveOnly });
        Assert.NotEmpty(live);
        shop.Stop();

        Dictionary<string, string[]> found = shop.Export();
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        foreach ((string topic, string[] records) in expected)
        {
            Assert.True(records.SequenceEqual(found[topic]), $"{topic}: {found[topic].Length}, not {records.Length}");
        }

        Assert.NotEmpty(expected["ecom.product-popularity.v1"]);
        Assert.NotEmpty(expected["clickstream$bad"]);
        Assert.NotEmpty(expected["product_popularity$late"]);
    }

    [Fact]
    public async Task Readable_rows_are_the_same_after_a_restart()
    {
        using RunningShop shop = new(TestProject.CompileExample());
        await Feed(shop, restart: null);
        ViewQuery all = new() { Limit = int.MaxValue };
        string[] before = await shop.Rows("product_popularity", all);
        shop.Abandon();
        shop.StartAgain();
        await shop.Runtime.Ready;

        Assert.Equal(before, await shop.Rows("product_popularity", all));
    }

    [Fact]
    public async Task Time_in_which_nothing_ran_closes_no_window_on_those_who_send_again()
    {
        using RunningShop shop = new();
        shop.Clock.Advance(TimeSpan.FromSeconds(50));
        await shop.Append("clicks", Click(1, "u", "a", 50));
        shop.Stop();
        shop.Clock.Advance(TimeSpan.FromSeconds(60));
        shop.StartAgain();
        await shop.Runtime.Ready;
        shop.Clock.Advance(TimeSpan.FromSeconds(5));
        AppendResult result = await shop.Append("clicks", Click(2, "u", "a", 55));
        await shop.AdvanceUntilFinal("clicks_per_minute", result.EndPosition);
        Assert.Equal(
            ["{\"user\":\"u\",\"minute_end\":\"2024-01-01T10:01:00\",\"clicks\":2,\"spent\":null}"],
            await shop.Rows("clicks_per_minute", new ViewQuery()));
    }

    [Fact]
    public async Task Models_that_changed_are_not_mixed_with_old_rows()
    {
        using RunningShop shop = new();
        await shop.Append("clicks", Click(1, "u", "a", 1));
        shop.Stop();
        shop.Project = TestProject.Compile(TestProject.Shop.Replace(
            "ON c.item = i.item", "ON c.item = i.item WHERE c.id <> '1'", StringComparison.Ordinal));
        shop.StartAgain();

        ReplayFault fault = await Assert.ThrowsAsync<ReplayFault>(() => shop.Runtime.Ready);
        Assert.Equal("clicks_priced", fault.Topic);
        Assert.Equal(RuntimeState.Faulted, shop.Runtime.State);
    }

    [Fact]
    public async Task Rows_that_would_have_other_values_now_are_told()
    {
        using RunningShop shop = new();
        await shop.Append("items", "{\"item\":\"a\",\"price\":2.5}");
        await shop.Append("clicks", Click(1, "u", "a", 1));
        shop.Stop();
        shop.Project = TestProject.Compile(TestProject.Shop.Replace(
            "i.price", "i.price * 2 AS price", StringComparison.Ordinal));
        shop.StartAgain();

        ReplayMismatchFault fault = await Assert.ThrowsAsync<ReplayMismatchFault>(() => shop.Runtime.Ready);
        Assert.Equal(("clicks_priced", "value"), (fault.Topic, fault.Part));
    }

    private static async Task Feed(RunningShop shop, Action? restart)
    {
        int i = 0;
        foreach (ShopBatch batch in ShopArrivals.Batches(StartMs))
        {
            if (batch.Products.Count > 0)
            {
                await shop.Append("products", Encoding.UTF8.GetString(batch.Products.Span), batch.ProductsFromMs);
            }

            if (batch.Events.Count > 0)
            {
                await shop.Append("clickstream", Encoding.UTF8.GetString(batch.Events.Span));
            }

            if (i++ % 20 == 7)
            {
                restart?.Invoke();
            }
        }
    }
}
