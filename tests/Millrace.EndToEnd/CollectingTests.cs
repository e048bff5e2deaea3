using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Posting records: what is taken, what is rejected and how it is said.</summary>
public sealed class CollectingTests : IAsyncLifetime
{
    private const string Events = "/v1/sources/clickstream/events";
    private readonly TempFolder folder = new();
    private ServedProject project = null!;

    public async Task InitializeAsync() => project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);

    public async Task DisposeAsync()
    {
        await project.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Without_a_name_the_sources_to_choose_from_are_named()
    {
        folder.Write("two/models/all.yml", """
            sources:
              - name: clicks
                topic: clicks
                columns: [{name: id}]
              - name: orders
                topic: orders
                columns: [{name: id}]
            """);
        await using ServedProject two = await ServedProject.StartAsync(folder["two"], folder["two-data"]);
        Answer which = await two.PostAsync("/v1/events", "{}");

        Assert.Equal(404, (int)which.Status);
        Assert.Equal(
            "the project has 2 sources of events, clicks, orders; use /v1/sources/{source}/events",
            (string?)which.Json!["error"]!["message"]);
    }

    [Fact]
    public async Task Bodies_of_every_form_are_taken_and_bad_records_are_named()
    {
        string good(string id) => ShopEvent.Json(id, "s", "click");
        Answer one = await project.PostAsync(Events, good("e1"));
        Answer array = await project.PostAsync(Events, ShopEvent.Array(good("e2"), "17", good("e3")));
        string mixed = ShopEvent.Lines(good("e4"), "{\"event_id\": oops}", good("e5"), "{\"event_id\"");
        Answer lines = await project.PostAsync("/v1/events", mixed, "application/x-ndjson");
        Answer late = await project.PostAsync(Events, """{"event_id":"e6","session_id":"s","timestamp":"yesterday"}""");

        Assert.Equal("""{"accepted":1,"rejected":[]}""", one.Text);
        Assert.Equal((2, 1), ((int)array.Json!["accepted"]!, (int)Assert.Single(Rejected(array))["index"]!));
        Assert.Equal(2, (int)lines.Json!["accepted"]!);
        Assert.Equal([1, 3], Rejected(lines).Select(r => (int)r["index"]!));
        Assert.Equal(0, (int)late.Json!["accepted"]!);
        Assert.Contains("timestamp", (string?)Assert.Single(Rejected(late))["message"], StringComparison.Ordinal);
        Assert.All([.. Rejected(array), .. Rejected(lines), .. Rejected(late)], r =>
        {
            Assert.StartsWith("json.", (string?)r["code"], StringComparison.Ordinal);
            Assert.NotEmpty((string?)r["message"] ?? "");
        });
        await project.CaughtUpAsync();
        Answer rows = await project.RowsAsync("/v1/models/events_clean/s");
        Assert.Equal(["e5", "e4", "e3", "e2", "e1"], rows.Rows.Select(r => (string?)r["row"]!["event_id"]));
        Answer status = await project.GetAsync("/v1/status");
        JsonNode clickstream = status.Json!["sources"]!.AsArray().Single(s => (string?)s!["name"] == "clickstream")!;
        Assert.Equal((9, 4, 5, 4), ((int)clickstream["records"]!, (int)clickstream["bad"]!,
            (int)clickstream["accepted"]!, (int)clickstream["rejected"]!));
    }

    [Fact]
    public async Task A_deleted_key_is_not_joined_any_more()
    {
        const string products = "/v1/sources/products/events";
        await project.PostAsync(products, ShopEvent.Product("gone/1", "tools", 3));
        await project.PostAsync("/v1/events", ShopEvent.Json("before", "d", "page_view", "gone/1"));
        await project.CaughtUpAsync();
        Answer deleted = await DeleteAsync("/v1/sources/products/gone%2F1");
        await project.PostAsync("/v1/events", ShopEvent.Json("after", "d", "page_view", "gone/1"));
        await project.CaughtUpAsync();
        Answer unversioned = await DeleteAsync("/v1/sources/clickstream/x");

        Assert.Equal("""{"accepted":1,"rejected":[]}""", deleted.Text);
        Answer rows = await project.RowsAsync("/v1/models/events_enriched/d");
        Assert.Equal([("after", null), ("before", "tools")],
            rows.Rows.Select(r => ((string?)r["row"]!["event_id"], (string?)r["row"]!["product_category"])));
        Assert.Equal((400, "not_versioned"), ((int)unversioned.Status, unversioned.ErrorCode));
    }

    [Fact]
    public async Task Versions_hold_from_the_time_that_is_given()
    {
        long fromMs = ShopEvent.Start.AddSeconds(100).ToUnixTimeMilliseconds();
        const string products = "/v1/sources/products/events";
        await project.PostAsync(products + "?timestamp=0", ShopEvent.Product("timed", "old", 1));
        await project.PostAsync($"{products}?timestamp={fromMs}", ShopEvent.Product("timed", "new", 2));
        Answer answer = await project.PostAsync("/v1/events", ShopEvent.Array(
            ShopEvent.Json("t1", "t", "click", "timed", 99), ShopEvent.Json("t2", "t", "click", "timed", 100)));
        await project.CaughtUpAsync();

        Assert.Equal(200, (int)answer.Status);
        Answer rows = await project.RowsAsync("/v1/models/events_enriched/t");
        Assert.Equal([("t2", "new"), ("t1", "old")],
            rows.Rows.Select(r => ((string?)r["row"]!["event_id"], (string?)r["row"]!["product_category"])));
        Assert.Equal(400, (int)(await project.PostAsync(products + "?timestamp=noon", "{}")).Status);
        Assert.Equal(400, (int)(await project.PostAsync(Events + "?timestamp=0", "{}")).Status);
    }

    [Fact]
    public async Task What_is_not_taken_says_why()
    {
        Assert.Equal((404, "unknown_source"), Of(await project.PostAsync("/v1/sources/nothing/events", "{}")));
        Assert.Equal((415, "unsupported_media_type"), Of(await project.PostAsync(Events, "{}", "image/png")));
        Assert.Equal((400, "empty"), Of(await project.PostAsync(Events, " \n")));
        Assert.Equal((400, "empty"), Of(await project.PostAsync(Events, "[]")));
        string longRecord = ShopEvent.Json("long", new string('x', 1 << 20), "click");
        Answer tooLong = await project.PostAsync(Events, longRecord);
        Assert.Equal((413, "record_too_large"), Of(tooLong));
        Assert.Equal(
            "a record is longer than 1,048,576 bytes; nothing was taken", (string?)tooLong.Json!["error"]!["message"]);
        Assert.Equal((413, "too_large"), Of(await PostAsync(new ByteArrayContent(new byte[(8 << 20) + 1]))));
        ByteArrayContent zipped = new("{}"u8.ToArray());
        zipped.Headers.ContentEncoding.Add("gzip");
        Assert.Equal((415, "unsupported_media_type"), Of(await PostAsync(zipped)));
        Answer ok = await project.PostAsync(Events, ShopEvent.Json("ok", "s", "click"));
        Assert.Equal("""{"accepted":1,"rejected":[]}""", ok.Text);
    }

    private Task<Answer> DeleteAsync(string path) => project.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    private Task<Answer> PostAsync(ByteArrayContent content)
    {
        HttpRequestMessage request = new(HttpMethod.Post, Events) { Content = content };
        request.Headers.ExpectContinue = true;
        return project.SendAsync(request);
    }

    private static (int, string) Of(Answer answer) => ((int)answer.Status, answer.ErrorCode);

    private static IReadOnlyList<JsonNode> Rejected(Answer answer) =>
        [.. answer.Json!["rejected"]!.AsArray().Select(r => r!)];
}
