using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>The example's two exposures over HTTP.</summary>
[Collection("open shop")]
public sealed class ExposureTests(OpenShop shop)
{
    private const string Recommend = "/v1/exposures/recommendation_service";

    [Fact]
    public async Task Personalization_gives_a_sessions_rows()
    {
        Answer known = await shop.Project.GetAsync("/v1/exposures/personalization_api/visitor");
        Answer unknown = await shop.Project.GetAsync("/v1/exposures/personalization_api/nobody");

        Assert.True((bool)known.Json!["known"]!);
        JsonNode row = Assert.Single(known.Json["models"]!["user_sessions"]!.AsArray())!;
        Assert.Equal(("live", 3L), ((string?)row["state"], (long)row["row"]!["event_count"]!));
        Assert.False((bool)unknown.Json!["known"]!);
        Assert.Empty(unknown.Json["models"]!["user_sessions"]!.AsArray());
    }

    [Fact]
    public async Task Browsed_categories_come_first_without_what_is_bought_or_in_view()
    {
        JsonNode answer = await Recommendations("?session_id=visitor", 4);

        Assert.Null((string?)answer["fallback"]);
        Assert.Equal("visitor", (string?)answer["session_id"]);
        Assert.Equal(["shoe-other", "hat-top", "hat-two", "ä/b%2F c"], Items(answer));
        Assert.Equal(["browsed_category", "popular", "popular", "popular"],
            answer["items"]!.AsArray().Select(i => (string?)i!["reason"]));
    }

    [Fact]
    public async Task Without_a_session_it_is_the_most_popular_and_says_so()
    {
        JsonNode answer = await Recommendations("?limit=3", 3);

        Assert.Equal("no_session", (string?)answer["fallback"]);
        Assert.Equal(["hat-top", "shoe-bought", "hat-two"], Items(answer));
    }

    [Fact]
    public async Task An_unknown_session_falls_back_and_says_so()
    {
        JsonNode answer = await Recommendations("?session_id=nobody&limit=1", 1);

        Assert.Equal("no_browsed_categories", (string?)answer["fallback"]);
        Assert.Equal(["hat-top"], Items(answer));
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?limit=ten")]
    public async Task A_limit_out_of_bounds_is_refused(string query)
    {
        Answer answer = await shop.Project.GetAsync(Recommend + query);

        Assert.Equal((400, "bad_query"), ((int)answer.Status, answer.ErrorCode));
    }

    // The ranking is kept for a moment, so an answer may come from before the shop had opened.
    private async Task<JsonNode> Recommendations(string query, int count) => (await Eventually.Get(
        () => shop.Project.GetAsync(Recommend + query), a => Items(a.Json!).Count == count, $"{count} items")).Json!;

    private static IReadOnlyList<string?> Items(JsonNode answer) =>
        [.. answer["items"]!.AsArray().Select(i => (string?)i!["product_id"])];
}
