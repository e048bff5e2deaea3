using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>A project that changes over the data that it has.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_changed_project_is_announced_agreed_to_and_takes_over()
    {
        string project = Copy(Checkout.Example, folder["shop"]);
        string data = folder["data"];
        await using (ServedProject before = await ServedProject.StartAsync(project, data))
        {
            await before.PostAsync("/v1/events", ShopEvent.Json("e1", "s1", "page_view"));
            await before.CaughtUpAsync();
            Assert.Equal(0, await before.TerminateAsync());
        }

        Verb same = await Verb.OkAsync("plan", project, "--data", data);
        Assert.Contains("nothing changes", same.Out, StringComparison.Ordinal);

        const string Count = "COUNT(*) as event_count";
        Edit(project, "models/user_sessions", Count, Count + ", COUNT(*) * 2 as twice");
        Edit(project, "models/product_popularity", "INTERVAL '5' MINUTE", "INTERVAL '10' MINUTE");
        Verb plan = await Verb.OkAsync("plan", project, "--data", data, "--format", "json");
        Dictionary<string, string> changes = JsonNode.Parse(plan.Out)!["tables"]!.AsArray()
            .ToDictionary(t => (string)t!["name"]!, t => (string)t!["change"]!);
        Assert.Equal("kept", changes["user_sessions"]);
        Assert.Equal("rebuilt", changes["product_popularity"]);
        Assert.Equal("unchanged", changes["events_clean"]);

        Verb refused = await Verb.RunAsync("up", project, "--data", data, "--port", "0");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.Contains("the window changed", refused.Error, StringComparison.Ordinal);

        await using ServedProject after = await ServedProject.StartAsync(
            [project, "--data", data, "--port", "0", "--yes"]);
        await DeployedAsync(after, 2);
        Answer rows = await after.RowsAsync("/v1/models/user_sessions/s1");
        JsonNode row = Assert.Single(rows.Rows)["row"]!;
        Assert.Equal((1L, 2L), ((long)row["event_count"]!, (long)row["twice"]!));
        Assert.Equal(0, await after.TerminateAsync());
    }

    [Fact]
    public async Task A_model_that_is_gone_leaves_its_topic_until_it_is_pruned()
    {
        string project = Copy(Checkout.Example, folder["shop"]);
        string[] here = [project, "--data", folder["data"]];
        await using (ServedProject before = await ServedProject.StartAsync(project, folder["data"]))
        {
            Assert.Equal(0, await before.TerminateAsync());
        }

        File.Delete(Path.Combine(project, "models", "product_popularity.yml"));
        Edit(project, "exposures/services", "- ref: product_popularity\n      ", "");
        Verb kept = await Verb.OkAsync(["plan", .. here]);
        Verb pruned = await Verb.OkAsync(["plan", .. here, "--prune"]);
        Assert.Contains("stays until somebody starts with --prune", kept.Out, StringComparison.Ordinal);
        Assert.Contains("is removed, with its rows", pruned.Out, StringComparison.Ordinal);
        await using (ServedProject changed = await ServedProject.StartAsync([.. here, "--port", "0", "--yes"]))
        {
            await DeployedAsync(changed, 2);
            Assert.Equal(0, await changed.TerminateAsync());
        }

        Verb later = await Verb.OkAsync(["plan", .. here, "--prune", "--format", "json"]);
        Verb unasked = await Verb.RunAsync(["up", .. here, "--port", "0", "--prune"]);
        Assert.Contains("ecom.product-popularity.v1", later.Out, StringComparison.Ordinal);
        Assert.True((bool)JsonNode.Parse(later.Out)!["needs_consent"]!);
        Assert.Equal(3, unasked.ExitCode);
    }

    [Fact]
    public async Task What_the_data_does_not_allow_is_refused()
    {
        string project = Copy(Checkout.Example, folder["shop"]);
        string data = folder["data"];
        await using (ServedProject before = await ServedProject.StartAsync(project, data))
        {
            Assert.Equal(0, await before.TerminateAsync());
        }

        string sources = Path.Combine(project, "sources", "events.yml");
        await File.WriteAllTextAsync(sources, (await File.ReadAllTextAsync(sources))
            .Replace("topic: ecom.clickstream.v1", "topic: ecom.clickstream.v2", StringComparison.Ordinal));
        Verb plan = await Verb.RunAsync("plan", project, "--data", data);
        Verb up = await Verb.RunAsync("up", project, "--data", data, "--port", "0", "--yes");

        Assert.Equal((3, 3), (plan.ExitCode, up.ExitCode));
        Assert.Contains("ecom.clickstream.v1", plan.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", up.Error, StringComparison.Ordinal);
    }

    private static async Task DeployedAsync(ServedProject project, long number)
    {
        await Eventually.Get(
            () => project.GetAsync("/v1/status"),
            s => (long)s.Json!["deployment"]!["number"]! == number
                && s.Json!["deployment"]!["rebuilding"]!.AsArray().Count == 0,
            "the deployment");
        await Eventually.True(
            () => project.Process.Printed.Contains($"the changed project runs: deployment {number}"),
            "word of it");
    }

    private static void Edit(string project, string file, string from, string to)
    {
        string path = Path.Combine(project, file + ".yml");
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*.yml", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
