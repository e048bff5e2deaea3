using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Topics over HTTP, record by record.</summary>
[Collection("open shop")]
public sealed class TopicTests(OpenShop shop)
{
    private const string Clicks = "/v1/topics/ecom.clickstream.v1/records";

    [Fact]
    public async Task Topics_are_listed_with_their_offsets()
    {
        JsonArray topics = (await shop.Project.GetAsync("/v1/topics")).Json!["topics"]!.AsArray();

        JsonNode clicks = topics.Single(t => (string?)t!["name"] == "ecom.clickstream.v1")!;
        Assert.Equal("""[{"start":0,"end":9}]""", clicks["partitions"]!.ToJsonString());
        Assert.Contains(topics, t => (string?)t!["name"] == "clickstream$bad");
        Assert.Contains(topics, t => (string?)t!["name"] == "user_sessions$late");
    }

    [Fact]
    public async Task Records_come_page_by_page_as_they_are_in_the_log()
    {
        List<string> ids = [];
        for (long next = 0, end = 1; next < end;)
        {
            JsonNode page = (await shop.Project.GetAsync($"{Clicks}?offset={next}&limit=4")).Json!;
            ids.AddRange(page["records"]!.AsArray().Select(r => JsonNode.Parse((string)r!["value"]!)!)
                .Select(e => (string)e["event_id"]!));
            (next, end) = ((long)page["next"]!, (long)page["end"]!);
        }

        Assert.Equal(["v1", "v2", "v3", "o1", "o2", "o3", "o4", "o5", "o6"], ids);
        JsonNode tail = (await shop.Project.GetAsync(Clicks + "?offset=-1")).Json!;
        JsonNode last = Assert.Single(tail["records"]!.AsArray())!;
        Assert.Equal((0, 8, "other/2%2F ü"), ((int)last["partition"]!, (int)last["offset"]!, (string?)last["key"]));
        Assert.Empty((await shop.Project.GetAsync(Clicks + "?offset=99")).Json!["records"]!.AsArray());
    }

    [Theory]
    [InlineData("/v1/topics/nothing/records", 404, "unknown_topic")]
    [InlineData(Clicks + "?partition=1", 404, "unknown_topic")]
    [InlineData(Clicks + "?partition=-1", 400, "bad_query")]
    [InlineData(Clicks + "?limit=0", 400, "bad_query")]
    [InlineData(Clicks + "?offset=first", 400, "bad_query")]
    public async Task What_is_not_there_says_why(string path, int status, string code)
    {
        Answer answer = await shop.Project.GetAsync(path);

        Assert.Equal((status, code), ((int)answer.Status, answer.ErrorCode));
    }
}
