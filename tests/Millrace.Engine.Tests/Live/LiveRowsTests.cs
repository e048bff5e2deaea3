using System.Text;
using FsCheck.Xunit;
using Millrace.Data;
using Millrace.Engine.Tests.Oracle;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Live;

/// <summary>Live rows are the rows that the open windows would give now, and reading them changes nothing.</summary>
public sealed class LiveRowsTests
{
    [Property(MaxTest = 15)]
    public void Live_rows_agree_with_the_oracle_at_any_moment(int seed)
    {
        List<StreamItem> items = [.. ShopStream.Create(seed, 250).Where(i => i is not EndItem)];
        StreamEngine engine = EngineDriver.Engine(ShopGraph.Create(), workers: 3);
        Recorder recorder = new();
        ShopOracle oracle = new();
        for (int from = 0; from < items.Count; from += 50)
        {
            List<StreamItem> part = items.GetRange(from, Math.Min(50, items.Count - from));
            EngineDriver.Run(engine, part, stepSize: 50, recorder, from);
            for (int i = 0; i < part.Count; i++)
            {
                oracle.Take(part[i], from + i);
            }

            string[] expected = [.. oracle.LiveSessions(0)];
            Assert.Equal(expected, Rows(engine.ReadAllLive("sessions")));
            for (int s = 0; s < 7; s++)
            {
                string start = $"session_id=s{s},";
                IEnumerable<string> ofKey = expected.Where(r => r.StartsWith(start, StringComparison.Ordinal));
                Assert.Equal(ofKey, Rows(engine.ReadLive("sessions", Encoding.UTF8.GetBytes($"s{s}"))));
            }
        }

        Assert.Equal(oracle.Lines.First(l => l.Name == "sessions").Lines, recorder.Of("sessions"));
    }

    [Fact]
    public void A_key_that_is_computed_behind_the_window_is_found_too()
    {
        PlanNode windows = Plan.Tumble(
            Plan.Scan(OneQuery.Stream(0)), 5_000, "ts", ["name"], [Plan.Count()], WindowProperty.Start);
        PlanNode plan = Plan.Select(
            windows,
            ("key", n => Plan.Call(
                ScalarFunction.Coalesce, SqlType.String, Plan.Col(n, "name"), Literal.OfString("none"))),
            ("c", n => Plan.Col(n, "agg0")));
        StreamEngine engine = OneQuery.EngineOf(plan, OneQuery.Stream(0));
        OneQuery.Run(engine, OneQuery.Row(null, 1), OneQuery.Row("a", 1), OneQuery.Row(null, 2));
        Assert.Equal(["key=none,c=2"], Rows(engine.ReadLive("q", "none"u8)));
        Assert.Equal(["key=none,c=2", "key=a,c=1"], Rows(engine.ReadAllLive("q")));
        Assert.Empty(Rows(engine.ReadLive("q", "b"u8)));
    }

    [Fact]
    public void A_model_without_a_window_has_no_live_rows()
    {
        StreamEngine engine = EngineDriver.Engine(ShopGraph.Create(), workers: 1);
        Assert.Equal(0, engine.ReadAllLive("clean").Count);
    }

    private static IEnumerable<string> Rows(OutputRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Recorder.Canonical(rows.Value(i)))];
}
