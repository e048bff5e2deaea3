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

    /// <summary>More rows than a request looks at, and more bytes than one may have.</summary>
    [Fact]
    public async Task A_mended_file_of_any_size_is_posted_whole()
    {
        const int rows = 101_000;
        string text = string.Concat(Enumerable.Range(0, rows).Select(i =>
            $"{{\"offset\":{i},\"record\":{ShopEvent.Json($"e{i}", $"s{i % 100}", "click", second: 3)}}}\n"));
        string mended = folder.Write("mended.ndjson", text + $"{{\"offset\":{rows},\"record\":{{}}}}\n");
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        await project.PostAsync("/v1/events", string.Concat(Enumerable.Repeat("oops\n", rows)));
        await project.CaughtUpAsync();

        Verb dry = await ReplayAsync(project, "--mended", mended, "--dry-run");
        Verb done = await ReplayAsync(project, "--mended", mended);
        Verb again = await ReplayAsync(project, "--mended", mended);

        Assert.True(text.Length > 8 << 20);
        Assert.Contains("101,000 would be posted", dry.Out, StringComparison.Ordinal);
        Assert.Contains("101,000 posted", done.Out, StringComparison.Ordinal);
        Assert.Contains("1 named by an offset that clickstream$bad does not have", done.Out, StringComparison.Ordinal);
        Assert.Contains("101,000 posted by a replay before", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_be_passed_over_is_refused()
    {
        string one = folder.Write("one.ndjson", "{\"offset\":1,\"record\":{}}\n");
        async Task<string> refused(params string[] options) =>
            await Verb.RunAsync(["replay", "--url", "http://127.0.0.1:1", .. options]) is var verb
                && verb.ExitCode == 1 ? verb.Error : "not refused: " + verb.Printed;

        Assert.Contains("--dry-run does not go with --input",
            await refused("--input", one, "--source", "clickstream", "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("--skip does not go with --from",
            await refused("--from", "clickstream$bad", "--skip", "4"), StringComparison.Ordinal);
        Assert.Contains("--limit does not go with --mended, whose lines say which rows",
            await refused("--from", "clickstream$bad", "--mended", one, "--limit", "4"), StringComparison.Ordinal);
        Assert.Contains(": line 2: an offset is a whole number", await refused("--from", "clickstream$bad", "--mended",
            folder.Write("half.ndjson", "\n{\"offset\":1.5,\"record\":{}}\n")), StringComparison.Ordinal);
        Assert.Contains(": no line says what to post", await refused("--from", "clickstream$bad", "--mended",
            folder.Write("empty.ndjson", "\n")), StringComparison.Ordinal);
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
