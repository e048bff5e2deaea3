using System.Text;
using System.Text.Json.Nodes;
using Millrace.Hosting.Replaying;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

/// <summary>Posting bad records again, mended, however often and whatever happens between.</summary>
public sealed class BadReplayTests
{
    private static readonly ReplayRequest All = new("clicks$bad");

    [Fact]
    public async Task What_still_cannot_be_read_stays_where_it_is()
    {
        using RunningShop shop = await WithThreeBad();
        ReplayAnswer answer = await shop.Runtime.ReplayAsync(All);
        ReplayAnswer again = await shop.Runtime.ReplayAsync(All);

        Assert.Equal((ReplayOutcome.Done, true), (answer.Outcome, answer.IsAtEnd));
        Assert.Equal((0, 3), (answer.Posted, answer.StillBad));
        Assert.Equal((0, 3), (again.Posted, again.StillBad));
        Assert.Equal([0, 1, 2], answer.Examples.Select(e => e.Index));
        Assert.Equal("json.syntax", answer.Examples[0].Code);
        shop.Stop();
        Assert.Equal(3, shop.Export()["clicks$bad"].Length);
        Assert.Equal(4, shop.Export()["shop.clicks"].Length);
    }

    [Fact]
    public async Task A_mended_record_is_posted_once_and_says_where_it_came_from()
    {
        using RunningShop shop = await WithThreeBad();
        ReplayRequest mended = Mended((1, Click(11, "u", "a", 3)), (2, "still not json"));
        ReplayAnswer dry = await shop.Runtime.ReplayAsync(mended with { IsDryRun = true });
        ReplayAnswer first = await shop.Runtime.ReplayAsync(mended);
        ReplayAnswer second = await shop.Runtime.ReplayAsync(mended);

        Assert.Equal((1, 1, 0), (dry.Posted, dry.StillBad, dry.Before));
        Assert.Equal((1, 1, 0), (first.Posted, first.StillBad, first.Before));
        Assert.Equal((0, 1, 1), (second.Posted, second.StillBad, second.Before));
        Assert.Equal(["1", "11"], await Ids(shop));
        shop.Stop();
        string line = shop.Export()["shop.clicks"].Single(l => l.Contains("\\\"11\\\"", StringComparison.Ordinal));
        JsonNode header = Assert.Single(JsonNode.Parse(line)!["headers"]!.AsArray())!;
        Assert.Equal(("millrace.replayed", "clicks$bad/1"), ((string?)header["name"], (string?)header["value"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("old")]
    [InlineData("flipped")]
    [InlineData("cut")]
    public async Task A_process_that_dies_behind_the_commit_does_not_double(string journalIs)
    {
        using RunningShop shop = await WithThreeBad();
        ReplayRequest mended = Mended((0, Click(10, "u", "a", 3)), (2, Click(12, "u", "a", 4)));
        string journal = Path.Combine(shop.Options.DataFolder, "replays", "clicks$bad.json");
        await shop.Runtime.ReplayAsync(mended with { Mended = mended.Mended!.Take(1).ToDictionary() });
        byte[] before = await File.ReadAllBytesAsync(journal);
        await shop.Runtime.ReplayAsync(mended);
        shop.Abandon();
        byte[] now = await File.ReadAllBytesAsync(journal);
        await File.WriteAllBytesAsync(journal, journalIs switch
        {
            "old" => before,
            "flipped" => [.. now.Select((b, i) => (byte)(i == now.Length / 2 ? b ^ 1 : b))],
            "cut" => now[..(now.Length / 2)],
            _ => now,
        });
        shop.StartAgain();
        await shop.Runtime.Ready;
        ReplayAnswer answer = await shop.Runtime.ReplayAsync(mended);

        Assert.Equal((0, 2), (answer.Posted, answer.Before));
        Assert.Equal(["1", "10", "12"], await Ids(shop));
    }

    /// <summary>Without the file a start takes it that nothing has been posted: also its folder must stay.</summary>
    [Theory]
    [InlineData(Survival.None)]
    [InlineData(Survival.Some)]
    [InlineData(Survival.All)]
    public async Task A_loss_of_power_behind_the_commit_does_not_double(Survival survival)
    {
        SteppedShop shop = new();
        shop.Append("clicks", "not json");
        ReplayRequest mended = Mended((0, Click(10, "u", "a", 3)));
        ReplayAnswer first = await Replay(shop, mended);
        shop.Kill(survival);
        shop.StartAgain();
        ReplayAnswer again = await Replay(shop, mended);

        Assert.Equal((1, 0), (first.Posted, first.Before));
        Assert.Equal((0, 1), (again.Posted, again.Before));
    }

    [Fact]
    public async Task Again_means_again()
    {
        using RunningShop shop = await WithThreeBad();
        ReplayRequest mended = Mended((0, Click(10, "u", "a", 3)));
        await shop.Runtime.ReplayAsync(mended);
        ReplayAnswer answer = await shop.Runtime.ReplayAsync(mended with { IsAgain = true });

        Assert.Equal(1, answer.Posted);
        Assert.Equal(["1", "10", "10"], await Ids(shop));
    }

    [Fact]
    public async Task Pages_and_bounds_leave_out_what_they_should()
    {
        using RunningShop shop = await WithThreeBad();
        ReplayAnswer first = await shop.Runtime.ReplayAsync(All with { Limit = 2 });
        ReplayAnswer rest = await shop.Runtime.ReplayAsync(All with { SinceOffset = first.NextOffset });
        ReplayAnswer late = await shop.Runtime.ReplayAsync(All with { SinceMs = StartMs + 1 });

        Assert.Equal((2, 2, false), (first.StillBad, (int)first.NextOffset, first.IsAtEnd));
        Assert.Equal((1, 3, true), (rest.StillBad, (int)rest.NextOffset, rest.IsAtEnd));
        Assert.Equal((0, true), (late.StillBad, late.IsAtEnd));
    }

    [Theory]
    [InlineData("clicks_priced$bad", "built anew")]
    [InlineData("clicks", "clicks$bad, items$bad")]
    [InlineData("nothing$bad", "clicks$bad, items$bad")]
    public async Task Only_a_sources_bad_records_can_be_posted(string from, string help)
    {
        using RunningShop shop = await WithThreeBad();
        ReplayAnswer answer = await shop.Runtime.ReplayAsync(new ReplayRequest(from));

        Assert.Equal(ReplayOutcome.NotReplayable, answer.Outcome);
        Assert.Contains(help, answer.Problem, StringComparison.Ordinal);
    }

    private static Task<ReplayAnswer> Replay(SteppedShop shop, ReplayRequest request)
    {
        Task<ReplayAnswer> answer = new BadReplay(shop.Core).RunAsync(request);
        shop.Run();
        return answer;
    }

    private static async Task<RunningShop> WithThreeBad()
    {
        RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("clicks", $"{Click(1, "u", "a", 1)}\nnot json\n{{\"id\":\"2\",\"at\":\"yesterday\"}}\n[");
        return shop;
    }

    private static ReplayRequest Mended(params (long Offset, string Record)[] records) => All with
    {
        Mended = records.ToDictionary(r => r.Offset, r => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(r.Record)),
    };

    private static async Task<string[]> Ids(RunningShop shop)
    {
        Assert.True(await shop.Runtime.WaitForAsync(shop.Runtime.GetStatus().Log.CommittedPosition));
        string[] rows = await shop.Rows("clicks_priced", new ViewQuery { Key = "u" });
        return [.. rows.Select(r => (string)JsonNode.Parse(r)!["id"]!).Order(StringComparer.Ordinal)];
    }
}
