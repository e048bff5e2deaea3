using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>What topics let go, as an operator sees it.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_source_lets_go_is_in_the_status()
    {
        string project = Checkout.CopyExample(folder, "sources/events.yml", text => text.Replace(
            "    topic: ecom.clickstream.v1\n",
            "    topic: ecom.clickstream.v1\n"
            + "    advanced: { topic: { config: { segment.bytes: 1024, retention.bytes: 0 } } }\n",
            StringComparison.Ordinal));
        await using ServedProject served = await ServedProject.StartAsync(
        [
            project, "--data", folder["data"], "--port", "0", "--checkpoint-interval", "50ms",
            "--retention-interval", "50ms",
        ]);

        int sent = 0;
        await Eventually.Get(
            async () =>
            {
                await served.PostAsync("/v1/events", ShopEvent.Array(
                    Enumerable.Range(0, 20).Select(_ => ShopEvent.Json($"e{sent++}", "s", "click"))));
                return await served.GetAsync("/v1/status");
            },
            status => (long)status.Json!["retention"]!["removed_bytes"]! > 0,
            "segments removed");

        Answer page = await served.GetAsync("/v1/topics/ecom.clickstream.v1/records?limit=1");
        Assert.True((long)page.Json!["start"]! > 0, page.Text);
        Verb text = await Verb.OkAsync("status", "--url", served.Address);
        Assert.Matches(
            @"  the log begins at [\d,]+; retention and compaction have removed [\d.]+ MiB, 0 failed", text.Out);
        string metrics = (await served.GetAsync("/metrics")).Text;
        Assert.Matches("\nmillrace_retention_removed_bytes_total [1-9][0-9]*\n", metrics);
        Assert.Equal(0, await served.TerminateAsync());
    }
}
