using System.Text;
using System.Text.Json;
using Millrace.Hosting.Running;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Xunit;

namespace Millrace.Hosting.Tests;

/// <summary>A step that closes a window with many rows answers reads in between; each sees every row once.</summary>
public sealed class ReadsWithinStepTests
{
    private const int Users = 3_000;
    private const string Model = "clicks_per_minute";
    private const long LaterMs = SteppedShop.StartMs + 600_000;

    [Fact]
    public void Rows_of_a_closing_window_are_live_until_they_are_final()
    {
        SteppedShop shop = new();
        IEnumerable<string> clicks = Enumerable.Range(0, Users).Select(u => Click(u, SteppedShop.StartMs));
        shop.Append("clicks", string.Join('\n', clicks));
        _ = shop.Core.Append("clicks", Encoding.UTF8.GetBytes(Click(0, LaterMs)), null);
        while (shop.Core.Writer.TryRunOnce())
        {
        }

        ProjectRun run = shop.Core.Engine.Run;
        List<ViewAnswer> answers = [];
        List<int> ofOneUser = [];
        long before = run.Position;
        Assert.True(run.TryStep(int.MaxValue, answerReads: () =>
        {
            answers.Add(Read(run, new ViewQuery { Limit = int.MaxValue }));
            ofOneUser.Add(Read(run, new ViewQuery { Key = "u1" }).Rows.Count);
        }));
        shop.Core.Folder.CommitStep(run.Position);

        Assert.Contains(answers, a => a.Rows.Any(r => r.IsLive) && a.Rows.Any(r => !r.IsLive));
        Assert.All(answers, a => Assert.Equal(Users, a.Rows.Select(KeyOf).Distinct().Count()));
        Assert.All(answers, a => Assert.Equal(a.Position > before ? Users + 1 : Users, a.Rows.Count));
        Assert.All(ofOneUser, count => Assert.Equal(1, count));
        Assert.Equal(run.Position, answers[^1].Position);
        Assert.Equal(Users, shop.Rows(Model).Count(r => !r.StartsWith("live", StringComparison.Ordinal)));
    }

    private static ViewAnswer Read(ProjectRun run, ViewQuery query)
    {
        ModelView view = run.ViewOf(Model)!;
        return ViewCapture.Of(view, view.Capture(query, run.Engine, run.PositionOf(view))).Answer(query);
    }

    private static string? KeyOf(ViewRow row)
    {
        using JsonDocument document = JsonDocument.Parse(row.Json);
        return document.RootElement.GetProperty("user").GetString();
    }

    private static string Click(int user, long atMs)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        return $$"""{"id":"e{{user}}","user":"u{{user}}","item":"i1","at":"{{at:O}}"}""";
    }
}
