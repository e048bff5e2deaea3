using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>What operators ask of a running project.</summary>
[Collection("open shop")]
public sealed class OperationTests(OpenShop shop)
{
    [Fact]
    public async Task It_is_alive_and_ready()
    {
        Assert.Equal(200, (int)(await shop.Project.GetAsync("/healthz")).Status);
        Assert.Equal(200, (int)(await shop.Project.GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        await shop.Project.GetAsync("/v1/exposures/personalization_api/visitor");
        Answer answer = await shop.Project.GetAsync("/metrics");

        string[] lines = answer.Text.TrimEnd('\n').Split('\n');
        Assert.All(lines, l => Assert.Matches("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+\\})? "
            + "(NaN|[+-]Inf|-?[0-9.]+(E[+-]?[0-9]+)?))$", l));
        Assert.Contains("millrace_up 1", lines);
        Assert.Contains("millrace_model_rows_out_total{model=\"events_clean\"} 9", lines);
        Assert.Contains("millrace_exposure_sla_seconds{exposure=\"personalization_api\"} 0.05", lines);
        const string bucket = "millrace_exposure_seconds_bucket{exposure=\"personalization_api\",le=\"+Inf\"} ";
        Assert.Single(Starting(lines, bucket));
        string[] families = [.. Starting(lines, "# TYPE").Select(l => l.Split(' ')[2])];
        Assert.Equal(families.Distinct(), families);
        await Eventually.Get(() => shop.Project.GetAsync("/metrics"), a => a.Text.Contains(
            "\nmillrace_condition{subject=\"clickstream\"", StringComparison.Ordinal), "the monitor's first look");
    }

    [Fact]
    public async Task Every_route_of_the_openapi_document_is_answered()
    {
        JsonNode document = (await shop.Project.GetAsync("/openapi.json")).Json!;
        JsonObject paths = document["paths"]!.AsObject();

        Assert.Equal("3.1.0", (string?)document["openapi"]);
        IEnumerable<string> operations = paths.SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key} {p.Key}"));
        Assert.Superset(Expected.ToHashSet(), operations.ToHashSet());
        foreach ((string path, _) in paths.Where(p => p.Value!["get"] is not null))
        {
            string concrete = path.Replace("{model}", "user_sessions", StringComparison.Ordinal)
                .Replace("{key}", "visitor", StringComparison.Ordinal)
                .Replace("{topic}", "clickstream$bad", StringComparison.Ordinal);
            Assert.Equal(200, (int)(await shop.Project.GetAsync(concrete)).Status);
        }

        JsonObject row = document["components"]!["schemas"]!["user_sessions"]!["properties"]!.AsObject();
        Assert.Contains("categories_browsed", row.Select(c => c.Key));
    }

    [Fact]
    public async Task Another_method_is_told_which_is_allowed()
    {
        Answer answer = await shop.Project.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/v1/events"));

        Assert.Equal((405, "method_not_allowed"), ((int)answer.Status, answer.ErrorCode));
        Assert.Equal(["POST"], answer.Response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Status_shows_what_is_there()
    {
        await Eventually.Get(() => shop.Project.GetAsync("/v1/status"),
            a => a.Json!["conditions"]!.AsArray().Count > 0, "the monitor's first look");
        Verb text = await Verb.OkAsync("status", "--url", shop.Project.Address);
        Verb json = await Verb.OkAsync("status", "--url", shop.Project.Address, "--format", "json");

        Assert.Contains("ecommerce: running", text.Out, StringComparison.Ordinal);
        Assert.Contains("clickstream freshness", text.Out, StringComparison.Ordinal);
        Assert.Contains("personalization_api", text.Out, StringComparison.Ordinal);
        Assert.Equal("running", (string?)JsonNode.Parse(json.Out)!["state"]);
    }

    [Fact]
    public async Task Tests_pass_against_the_process_and_beside_it()
    {
        Verb url = await Verb.RunAsync("test", Checkout.Example, "--url", shop.Project.Address);
        Verb data = await Verb.RunAsync("test", Checkout.Example, "--data", shop.Data);

        Assert.Equal((0, 0), (url.ExitCode, data.ExitCode));
        Assert.Contains("events_schema on events_clean (9 rows)", url.Out, StringComparison.Ordinal);
        Assert.Equal(url.Out, data.Out);
    }

    private static IEnumerable<string> Starting(IEnumerable<string> lines, string start) =>
        lines.Where(l => l.StartsWith(start, StringComparison.Ordinal));

    private static readonly string[] Expected =
    [
        "post /v1/sources/{source}/events", "post /v1/events", "delete /v1/sources/{source}/{key}",
        "get /v1/models/{model}/{key}", "get /v1/models/{model}", "get /v1/exposures/personalization_api/{key}",
        "get /v1/exposures/recommendation_service", "get /healthz", "get /readyz", "get /metrics", "get /v1/status",
        "post /v1/tests", "get /v1/topics", "get /v1/topics/{topic}/records", "post /v1/replays", "get /openapi.json",
    ];
}
