using System.Net;
using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Reading models over HTTP: by key, and scans.</summary>
[Collection("open shop")]
public sealed class ReadingTests(OpenShop shop)
{
    [Fact]
    public async Task A_key_has_the_live_row_of_its_open_window()
    {
        Answer answer = await shop.Project.GetAsync("/v1/models/user_sessions/visitor");

        JsonNode only = Assert.Single(answer.Rows);
        Assert.Equal("live", (string?)only["state"]);
        JsonNode row = only["row"]!;
        Assert.Equal(("visitor", "a-visitor", "DE"),
            ((string?)row["session_id"], (string?)row["user_identifier"], (string?)row["country"]));
        Assert.Equal((3L, 2L, 2L, 1L, 0L), ((long)row["event_count"]!, (long)row["pages_viewed"]!,
            (long)row["page_views"]!, (long)row["purchases"]!, (long)row["searches"]!));
        Assert.Equal("""{"shoes":1}""", row["categories_browsed"]!.ToJsonString());
        Assert.Equal((20.25, 17.0), ((double)row["max_product_price"]!, (double)row["avg_product_price"]!));
        Assert.Equal(("2099-01-01T10:00:00", "2099-01-01T10:30:00"),
            ((string?)row["session_start"], (string?)row["session_end"]));
    }

    [Fact]
    public async Task Rows_without_a_window_are_final_and_newest_first()
    {
        Answer answer = await shop.Project.GetAsync("/v1/models/events_enriched/visitor");

        Assert.All(answer.Rows, r => Assert.Equal("final", (string?)r["state"]));
        Assert.Equal(["v3", "v2", "v1"], answer.Rows.Select(r => (string?)r["row"]!["event_id"]));
        Assert.Equal("name of shoe-seen", (string?)answer.Rows[0]["row"]!["product_name"]);
    }

    [Fact]
    public async Task Keys_are_unescaped_exactly_once()
    {
        string key = Uri.EscapeDataString("other/2%2F ü");
        Answer answer = await shop.Project.GetAsync("/v1/models/user_sessions/" + key);

        Assert.Equal("other/2%2F ü", (string?)answer.Json!["key"]);
        Assert.Equal("other/2%2F ü", (string?)Assert.Single(answer.Rows)["row"]!["session_id"]);
        string product = Uri.EscapeDataString("ä/b%2F c");
        Assert.Single((await shop.Project.GetAsync("/v1/models/product_popularity/" + product)).Rows);
    }

    [Fact]
    public async Task An_unknown_key_has_no_rows()
    {
        Answer answer = await shop.Project.GetAsync("/v1/models/user_sessions/nobody");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Rows);
    }

    [Fact]
    public async Task A_scan_orders_limits_and_filters()
    {
        const string scan = "/v1/models/product_popularity?order=popularity_score&desc=true&windows=1";
        Answer top = await shop.Project.GetAsync(scan + "&limit=2");
        Answer shoes = await shop.Project.GetAsync(scan + "&product_category=shoes");
        Answer ascending = await shop.Project.GetAsync("/v1/models/product_popularity?order=popularity_score");

        Assert.Equal(["hat-top", "shoe-bought"], Products(top));
        Assert.Equal(["shoe-bought", "shoe-seen", "shoe-other"], Products(shoes));
        Assert.Equal(6, ascending.Rows.Count);
        Assert.Equal(Products(ascending).TakeLast(2), Products(top).Reverse());
        Assert.Equal([20, 11, 5, 2, 1, 1], ascending.Rows.Reverse().Select(r => (long)r["row"]!["popularity_score"]!));
    }

    [Fact]
    public async Task A_scan_tells_live_from_final()
    {
        Answer live = await shop.Project.GetAsync("/v1/models/user_sessions?state=live");
        Answer final = await shop.Project.GetAsync("/v1/models/user_sessions?state=final");

        Assert.Equal(4, live.Rows.Count);
        Assert.Empty(final.Rows);
    }

    [Theory]
    [InlineData("/v1/models/nothing", 404, "unknown_model")]
    [InlineData("/v1/models/nothing/key", 404, "unknown_model")]
    [InlineData("/v1/models/user_sessions?limit=0", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?limit=99999", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?order=colour", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?colour=red", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?desc=maybe", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?state=closed", 400, "bad_query")]
    [InlineData("/v1/models/user_sessions?limit=1&limit=2", 400, "bad_query")]
    [InlineData("/v1/nowhere", 404, "not_found")]
    [InlineData("/", 404, "not_found")]
    [InlineData("/v1/events", 405, "method_not_allowed")]
    public async Task What_has_no_answer_says_why(string path, int status, string code)
    {
        Answer answer = await shop.Project.GetAsync(path);

        Assert.Equal((status, code), ((int)answer.Status, answer.ErrorCode));
        Assert.NotEmpty((string?)answer.Json!["error"]!["message"] ?? "");
    }

    private static IReadOnlyList<string?> Products(Answer answer) =>
        [.. answer.Rows.Select(r => (string?)r["row"]!["product_id"])];
}
