using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>A data folder looked over, beside a running process and damaged.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_folder_has_no_errors_also_beside_the_process()
    {
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
        Verb beside = await Verb.OkAsync("verify", folder["data"]);
        Assert.Equal(0, await project.TerminateAsync());
        Verb after = await Verb.OkAsync("verify", folder["data"], "--format", "json");

        Assert.Contains("\n0 errors, ", beside.Out, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(after.Out)!;
        Assert.Equal((0, 0), ((int)json["totals"]!["errors"]!, (int)json["totals"]!["warnings"]!));
        Assert.True((int)json["totals"]!["records"]! >= 3, after.Out);
    }

    /// <summary>Behind a brace of the project's SQL it looks whole.</summary>
    [Fact]
    public async Task A_cut_project_is_found_and_refuses_the_start_with_what_helps()
    {
        await using (ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
            Assert.Equal(0, await project.TerminateAsync());
        }

        string file = folder["data/projects/1.json"];
        string text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text[..(text.IndexOf("}}", StringComparison.Ordinal) + 2)]);
        Verb verify = await Verb.RunAsync("verify", folder["data"]);
        Verb plan = await Verb.RunAsync("plan", Checkout.Example, "--data", folder["data"]);
        Verb up = await Verb.RunAsync("up", Checkout.Example, "--data", folder["data"], "--port", "0");

        Assert.Equal((1, 1, 1), (verify.ExitCode, plan.ExitCode, up.ExitCode));
        Assert.Contains("projects/1.json", verify.Out, StringComparison.Ordinal);
        Assert.All([plan.Error, up.Error], said =>
        {
            Assert.Contains("projects/1.json", said, StringComparison.Ordinal);
            Assert.Contains("help: restore the file from a copy, or `export", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_flipped_bit_is_found_named_and_refuses_the_start()
    {
        await using (ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            // Damage in the very last commit would look like a write that was never acknowledged.
            await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
            await project.PostAsync("/v1/events", ShopEvent.Json("e2", "s", "click"));
            await project.CaughtUpAsync();
            await project.Process.KillAsync();
        }

        string segment = folder["data/topics/ecom.clickstream.v1/0/00000000000000000000.log"];
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        Verb verify = await Verb.RunAsync("verify", folder["data"]);
        Verb up = await Verb.RunAsync("up", Checkout.Example, "--data", folder["data"], "--port", "0");

        Assert.Equal((1, 1), (verify.ExitCode, up.ExitCode));
        Assert.Contains("error: ", verify.Out, StringComparison.Ordinal);
        Assert.Contains("(topic ecom.clickstream.v1, partition 0, offset 0)", verify.Out, StringComparison.Ordinal);
        Assert.Contains("topic ecom.clickstream.v1, partition 0, offset 0", up.Error, StringComparison.Ordinal);
        Assert.Contains("help: `millrace verify`", up.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(segment));
        await IsPassedOverWhenAskedAsync();
    }

    private async Task IsPassedOverWhenAskedAsync()
    {
        string[] arguments = [Checkout.Example, "--data", folder["data"], "--port", "0", "--skip-damaged"];
        await using ServedProject project = await ServedProject.StartAsync(arguments);
        Answer rows = await project.RowsAsync("/v1/models/events_clean/s");
        Answer status = await project.GetAsync("/v1/status");

        Assert.Contains("e2", rows.Rows.Select(r => (string?)r["row"]!["event_id"]));
        Assert.Contains("ecom.clickstream.v1/0: offsets 0 to 0 are not readable",
            status.Json!["unreadable"]!.ToJsonString() + status.Json["recovery"]!.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_ledger_a_folder_is_damaged_and_can_be_exported()
    {
        await using (ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
            await project.CaughtUpAsync();
            Assert.Equal(0, await project.TerminateAsync());
        }

        Directory.Delete(folder["data/ledger"], recursive: true);
        string[] export = ["export", Checkout.Example, "--data", folder["data"], "--out", folder["out"]];
        Verb plan = await Verb.RunAsync("plan", Checkout.Example, "--data", folder["data"]);
        Verb verify = await Verb.RunAsync("verify", folder["data"]);
        Verb refused = await Verb.RunAsync(export);
        Verb salvaged = await Verb.OkAsync([.. export, "--skip-damaged"]);

        Assert.Equal((1, 1, 1), (plan.ExitCode, verify.ExitCode, refused.ExitCode));
        Assert.Contains("no ledger that can be read", plan.Error, StringComparison.Ordinal);
        Assert.Contains("no ledger that can be read", salvaged.Error, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(folder["out/ecom.clickstream.v1.ndjson"]));
    }

    [Fact]
    public async Task What_is_no_data_folder_says_so()
    {
        Verb nothing = await Verb.RunAsync("verify", folder["nothing"]);
        Verb project = await Verb.RunAsync("verify", Checkout.Example);
        await File.WriteAllTextAsync(folder["file"], "");
        Verb file = await Verb.RunAsync("verify", folder["file"]);
        Verb plan = await Verb.RunAsync("plan", Checkout.Example, "--data", folder["file"]);

        Assert.All([nothing, project, file, plan], v =>
        {
            Assert.Equal(1, v.ExitCode);
            Assert.StartsWith("error: ", v.Error, StringComparison.Ordinal);
        });
    }
}
