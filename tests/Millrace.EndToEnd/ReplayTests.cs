using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Bad records, looked at over HTTP, mended and posted again.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Replay = "/v1/replays?from=clickstream$bad";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Mended_records_are_posted_once_whatever_happens_between()
    {
        string mended = folder.Write(
            "mended.ndjson", $$"""{"offset":1,"record":{{ShopEvent.Json("e3", "s", "click", second: 3)}}}""" + "\n");
        await using (ServedProject first = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await first.PostAsync("/v1/events", ShopEvent.Lines(
                ShopEvent.Json("e1", "s", "click"), "{oops", "{\"event_id\":\"e3\",\"timestamp\":\"yesterday\"}"));
            await first.CaughtUpAsync();
            Verb still = await ReplayAsync(first);
            Verb dry = await ReplayAsync(first, "--mended", mended, "--dry-run");
            Verb done = await ReplayAsync(first, "--mended", mended);

            Assert.Contains("2 still can't be read", still.Out, StringComparison.Ordinal);
            Assert.Contains("offset 1: json.type: column timestamp: ", still.Out, StringComparison.Ordinal);
            Assert.Contains("1 would be posted", dry.Out, StringComparison.Ordinal);
            Assert.Contains("1 posted\n", done.Out + "\n", StringComparison.Ordinal);
            await first.Process.KillAsync();
        }

        await using ServedProject second = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        Verb again = await ReplayAsync(second, "--mended", mended);
        Verb json = await ReplayAsync(second, "--format", "json", "--since", "1", "--limit", "1");

        Assert.Contains("1 posted by a replay before", again.Out, StringComparison.Ordinal);
        JsonNode totals = JsonNode.Parse(json.Out)!;
        Assert.Equal((1, 2), ((int)totals["posted_before"]!, (int)totals["next"]!));
        await second.CaughtUpAsync();
        Answer rows = await second.RowsAsync("/v1/models/events_clean/s");
        Assert.Equal(["e3", "e1"], rows.Rows.Select(r => (string?)r["row"]!["event_id"]));
    }

    [Fact]
    public async Task What_a_mended_schema_reads_is_computed_from_the_log_and_not_posted_again()
    {
        string before = Amounts("INT");
        await using (ServedProject first = await ServedProject.StartAsync(before, folder["data"]))
        {
            await first.PostAsync("/v1/events", """[{"id":"1","amount":5},{"id":"2","amount":"seven"}]""");
            await first.CaughtUpAsync();
            Assert.Equal(0, await first.TerminateAsync());
        }

        string[] arguments = [Amounts("STRING"), "--data", folder["data"], "--port", "0", "--yes"];
        await using ServedProject second = await ServedProject.StartAsync(arguments);
        await Eventually.Get(() => second.GetAsync("/v1/models/amounts"),
            a => a.Status == System.Net.HttpStatusCode.OK && a.Rows.Count == 2, "the model, built anew");
        Verb replay = await Verb.OkAsync("replay", "--url", second.Address, "--from", "clicks$bad");
        Verb again = await Verb.OkAsync("replay", "--url", second.Address, "--from", "clicks$bad", "--again");

        Assert.Contains("1 computed from the log when models were built anew, but for ids;", replay.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("posted", replay.Out, StringComparison.Ordinal);
        Assert.Contains("1 posted", again.Out, StringComparison.Ordinal);
        await second.CaughtUpAsync();
        Assert.Equal(3, (await second.GetAsync("/v1/models/amounts")).Rows.Count);
        Assert.Equal(2, (await second.GetAsync("/v1/models/ids")).Rows.Count);
    }

    [Fact]
    public async Task A_files_records_are_posted_into_a_source()
    {
        string lines = folder.Write("events.ndjson", string.Join('\n',
            ShopEvent.Json("e1", "s", "click"), "{oops", ShopEvent.Json("e2", "s", "click", second: 1)));
        string table = folder.Write("events.csv", "id;kind\ne2;click\ne3;click\n");
        string map = folder.Write("events.sql",
            "SELECT id AS event_id, 's' AS session_id, kind AS event_type, '2026-01-01T00:00:03Z' AS `timestamp`"
            + " FROM input");
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        Verb posted = await ReplayFileAsync(project, lines);
        Verb mapped = await ReplayFileAsync(project, table, "--map", map, "--skip", "1");
        Verb unknown = await Verb.RunAsync(
            "replay", "--url", project.Address, "--input", lines, "--source", "nothing");
        Verb neither = await Verb.RunAsync("replay", "--url", project.Address, "--input", lines);

        Assert.Contains("clickstream: 3 records posted, 1 of them bad", posted.Out, StringComparison.Ordinal);
        Assert.Contains("clickstream: 1 records posted, 0 of them bad", mapped.Out, StringComparison.Ordinal);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("there is no source nothing; there are: ", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("`--skip 0` goes on", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("say either --from TOPIC, or --input FILE", neither.Error, StringComparison.Ordinal);
        await project.CaughtUpAsync();
        Answer rows = await project.RowsAsync("/v1/models/events_clean/s");
        Assert.Equal(["e3", "e2", "e1"], rows.Rows.Select(r => (string?)r["row"]!["event_id"]));
    }

    [Fact]
    public async Task What_cannot_be_replayed_says_why()
    {
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        async Task<(int, string)> post(string query, string body = "") =>
            await project.PostAsync("/v1/replays" + query, body) is var a ? ((int)a.Status, a.ErrorCode) : default;

        Assert.Equal((400, "bad_query"), await post(""));
        Assert.Equal((400, "bad_query"), await post("?from=clickstream$bad&since=noon"));
        Assert.Equal((400, "bad_query"), await post("?from=clickstream$bad&limit=0"));
        Assert.Equal((400, "bad_query"), await post("?from=clickstream$bad&dry_run=perhaps"));
        Assert.Equal((400, "bad_query"), await post("?from=clickstream$bad&dryrun=true"));
        Assert.Equal((400, "bad_body"), await post("?from=clickstream$bad", "{\"offset\":1}"));
        Assert.Equal((404, "not_replayable"), await post("?from=events_clean$bad"));
        Verb model = await Verb.RunAsync("replay", "--url", project.Address, "--from", "events_clean$bad");
        Assert.Equal(1, model.ExitCode);
        Assert.Contains("built anew", model.Error, StringComparison.Ordinal);
        Answer nothing = await project.PostAsync(Replay, "");
        Assert.Equal((200, 0, true),
            ((int)nothing.Status, (int)nothing.Json!["posted"]!, (bool)nothing.Json["at_end"]!));
        Assert.Equal(0, await project.TerminateAsync());
        Verb nobody = await Verb.RunAsync("replay", "--url", project.Address, "--from", "clickstream$bad");
        Assert.Equal(1, nobody.ExitCode);
        Assert.StartsWith("error: no answer from ", nobody.Error, StringComparison.Ordinal);
    }

    private string Amounts(string type)
    {
        folder.Write("shop/models/all.yml", $$$"""
            sources:
              - name: clicks
                topic: clicks
                columns:
                  - {name: id}
                  - {name: amount, type: {{{type}}}}
            models:
              - name: ids
                sql: SELECT id FROM {{ source("clicks") }}
              - name: amounts
                sql: SELECT amount FROM {{ source("clicks") }}
            """);
        return folder["shop"];
    }

    private static Task<Verb> ReplayAsync(ServedProject project, params string[] options) =>
        Verb.OkAsync(["replay", "--url", project.Address, "--from", "clickstream$bad", .. options]);

    private static Task<Verb> ReplayFileAsync(ServedProject project, string file, params string[] options) =>
        Verb.OkAsync(["replay", "--url", project.Address, "--input", file, "--source", "clickstream", .. options]);
}
