using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>The verbs that end by themselves, as a shell sees them.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_reads_zipped_tables_through_a_mapping()
    {
        await using (GZipStream zip = new(File.Create(folder["events.csv.gz"]), CompressionLevel.Fastest))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(
                "at,visitor,kind,item\n"
                + "2020-01-01 10:00:00,v1,view,p1\n2020-01-01 10:00:01,v1,buy,p1\n"
                + "\"2020-01-01 10:07:00\",\"v,2\",view,p1\n"));
        }

        string products = folder.Write("products.csv", "product_id,name,category,price\np1,One,tools,2.5\n");
        string map = folder.Write("map.sql", """
            SELECT CAST(line_number AS STRING) AS event_id, visitor AS session_id, visitor AS user_id,
              CASE kind WHEN 'view' THEN 'page_view' WHEN 'buy' THEN 'purchase' END AS event_type,
              item AS product_id, 'desktop' AS device_type, `at` AS `timestamp`
            FROM input
            """);
        Verb run = await Verb.OkAsync("run", Checkout.Example, "--input", "products=" + products,
            "--input", "clickstream=" + folder["events.csv.gz"], "--map", "clickstream=" + map, "--out", folder["out"]);

        Assert.Contains("clickstream", run.Out, StringComparison.Ordinal);
        JsonNode[] rows = [.. File.ReadLines(folder["out/product_popularity.ndjson"]).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal([("tools", 11L), ("tools", 1L)],
            rows.Select(r => ((string?)r["product_category"], (long)r["popularity_score"]!)));
        Assert.Equal(["1", "2", "3"], File.ReadLines(folder["out/events_clean.ndjson"])
            .Select(l => (string?)JsonNode.Parse(l)!["event_id"]).Order(StringComparer.Ordinal));
        JsonNode summary = JsonNode.Parse(await File.ReadAllTextAsync(folder["out/summary.json"]))!;
        Assert.Equal(4, (int)summary["rows"]!);
    }

    [Fact]
    public async Task Run_keeps_bad_records_and_says_what_is_wrong_with_its_arguments()
    {
        string events = folder.Write("events.ndjson", ShopEvent.Json("e1", "s", "click") + "\n{oops\n");
        await Verb.OkAsync("run", Checkout.Example, "--input", "clickstream=" + events, "--out", folder["out"]);
        Task<Verb> run(string input) => Verb.RunAsync("run", Checkout.Example, "--input", input, "--out", folder["o2"]);
        Verb missing = await run("clickstream=" + folder["none.csv"]);
        Verb pair = await run(events);
        Verb source = await run("clicks=" + events);

        Assert.Single(await File.ReadAllLinesAsync(folder["out/clickstream.bad.ndjson"]));
        Assert.Single(await File.ReadAllLinesAsync(folder["out/events_clean.ndjson"]));
        Assert.All([missing, pair, source], v =>
        {
            Assert.Equal(1, v.ExitCode);
            Assert.StartsWith("error: ", v.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", v.Printed, StringComparison.Ordinal);
        });
        Assert.Contains("none.csv", missing.Error, StringComparison.Ordinal);
        Assert.Contains("clicks", source.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_and_failing_tests_work_beside_the_process_and_after_it()
    {
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        await project.PostAsync("/v1/events", ShopEvent.Array(
            ShopEvent.Json("e1", "s", "click"), ShopEvent.Json("e2", "s", "click", device: "fridge")));
        await project.CaughtUpAsync();
        Verb export = await Verb.OkAsync("export", Checkout.Example, "--data", folder["data"],
            "--topic", "ecom.events-clean.v1", "--out", folder["out"]);
        Verb nothing = await Verb.RunAsync("export", Checkout.Example, "--data", folder["data"],
            "--topic", "no", "--out", folder["out"]);
        Verb url = await Verb.RunAsync("test", Checkout.Example, "--url", project.Address);
        Assert.Equal(0, await project.TerminateAsync());
        Verb data = await Verb.RunAsync("test", Checkout.Example, "--data", folder["data"], "--format", "json");
        Verb nobody = await Verb.RunAsync("test", Checkout.Example, "--url", project.Address);

        Assert.Contains("2 ecom.events-clean.v1.ndjson", export.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(folder["out/ecom.events-clean.v1.ndjson"])).Length);
        Assert.Equal((1, 4, 4, 1), (nothing.ExitCode, url.ExitCode, data.ExitCode, nobody.ExitCode));
        Assert.Contains("FAIL  accepted_values: device_type", url.Out, StringComparison.Ordinal);
        Assert.Contains("device_type is \"fridge\"", url.Out, StringComparison.Ordinal);
        JsonNode failed = JsonNode.Parse(data.Out)!.AsArray().Single(t => !(bool)t!["passed"]!)!;
        JsonNode example = failed["assertions"]!.AsArray().Single(a => !(bool)a!["passed"]!)!["counterexamples"]![0]!;
        Assert.Equal("e2", (string?)example["row"]!["event_id"]);
    }

    [Fact]
    public async Task Validate_points_at_what_is_wrong()
    {
        string broken = Checkout.CopyExample(folder, "models/events_clean.yml",
            text => text.Replace("session_id IS NOT NULL", "sesion_id IS NOT NULL", StringComparison.Ordinal));
        Verb validate = await Verb.RunAsync("validate", broken);
        Verb up = await Verb.RunAsync("up", broken, "--data", folder["data"], "--port", "0");
        Verb good = await Verb.RunAsync("validate", Checkout.Example);
        Verb nowhere = await Verb.RunAsync("validate", folder["nowhere"]);

        Assert.Equal((2, 2, 0, 2), (validate.ExitCode, up.ExitCode, good.ExitCode, nowhere.ExitCode));
        Assert.All([validate, up], v =>
        {
            Assert.Contains("models/events_clean.yml:26:", v.Printed, StringComparison.Ordinal);
            Assert.Contains("^^^^^^^^^", v.Printed, StringComparison.Ordinal);
            Assert.Contains("session_id", v.Printed.Split("^^^^^^^^^")[1], StringComparison.Ordinal);
        });
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task A_wrong_argument_is_an_error()
    {
        Verb verb = await Verb.RunAsync("dance");
        Verb host = await Verb.RunAsync("up", Checkout.Example, "--data", folder["data"], "--host", "somewhere");

        Assert.Equal((1, 1), (verb.ExitCode, host.ExitCode));
        Assert.Contains("--host must be an IP address", host.Error, StringComparison.Ordinal);
    }
}
