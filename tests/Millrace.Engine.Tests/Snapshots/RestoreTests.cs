using System.Text;
using Millrace.Data;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>What is restored, what is refused, and when a snapshot must be full.</summary>
public sealed class RestoreTests
{
    [Fact]
    public void A_restored_engine_saves_the_same_state()
    {
        StreamEngine engine = Shop(out List<StreamItem> items);
        StreamEngine second = EngineDriver.Engine(ShopGraph.Create(), workers: 3);
        RestoreReport report = second.Restore(BlockList.Chain([BlockList.Of(engine)]));
        StreamEngine third = EngineDriver.Engine(ShopGraph.Create(), workers: 1);
        third.Restore(BlockList.Chain([BlockList.Of(second)]));
        Assert.Equal(items.Count - 1, report.Position);
        Assert.Equal(ShopGraph.Create().Models.Select(m => m.Name), report.Restored);
        Assert.Empty(report.Refused);
        Assert.Equal(EngineText.Of(engine), EngineText.Of(second));
        Assert.Equal(EngineText.Of(engine), EngineText.Of(third));
    }

    [Fact]
    public void Live_rows_are_found_by_their_key_in_a_restored_engine()
    {
        StreamEngine engine = Shop(out _);
        StreamEngine second = EngineDriver.Engine(ShopGraph.Create(), workers: 3);
        second.Restore(BlockList.Chain([BlockList.Of(engine)]));
        int found = 0;
        for (int s = 0; s < 7; s++)
        {
            byte[] key = Encoding.UTF8.GetBytes($"s{s}");
            string[] expected = Values(engine.ReadLive("sessions", key));
            Assert.Equal(expected, Values(second.ReadLive("sessions", key)));
            found += expected.Length;
        }

        Assert.True(found > 3);
    }

    [Fact]
    public void Restoring_twice_is_restoring_once()
    {
        StreamEngine engine = Shop(out _);
        BlockList blocks = BlockList.Of(engine);
        StreamEngine second = EngineDriver.Engine(ShopGraph.Create(), workers: 2);
        second.Restore(BlockList.Chain([blocks]));
        second.Restore(BlockList.Chain([blocks]));
        Assert.Equal(EngineText.Of(engine), EngineText.Of(second));
    }

    [Fact]
    public void Models_may_come_from_different_engines()
    {
        StreamEngine engine = Shop(out _);
        BlockList blocks = BlockList.Of(engine);
        StreamEngine second = EngineDriver.Engine(ShopGraph.Create(), workers: 2);
        RestoreReport first = second.Restore(BlockList.Chain([blocks]), name => name == "sessions");
        RestoreReport rest = second.Restore(BlockList.Chain([blocks]), name => name != "sessions");
        Assert.Equal(["sessions"], first.Restored);
        Assert.DoesNotContain("sessions", rest.Restored);
        Assert.Equal(EngineText.Of(engine), EngineText.Of(second));
        Assert.True(second.BeginSnapshot(full: false, new BlockList()).IsFull);
    }

    [Fact]
    public void What_is_not_asked_for_begins_empty()
    {
        StreamEngine engine = Shop(out _);
        StreamEngine second = EngineDriver.Engine(ShopGraph.Create(), workers: 2);
        second.Restore(BlockList.Chain([BlockList.Of(engine)]), name => name != "sessions");
        Assert.NotEqual(0, engine.ReadAllLive("sessions").Count);
        Assert.Equal(0, second.ReadAllLive("sessions").Count);
    }

    [Fact]
    public void Snapshots_build_upon_what_was_written_or_restored()
    {
        StreamEngine engine = Shop(out _);
        BlockList first = BlockList.Of(engine, full: false);
        EngineSnapshot second = engine.BeginSnapshot(full: false, new BlockList());
        Assert.False(second.IsFull);
        second.Abandon();
        Assert.Throws<ObjectDisposedException>(() => second.Advance(1));
        Assert.True(engine.BeginSnapshot(full: false, new BlockList()).IsFull);
        Assert.Throws<InvalidOperationException>(() => engine.BeginSnapshot(full: false, new BlockList()));

        StreamEngine restored = EngineDriver.Engine(ShopGraph.Create(), workers: 1);
        restored.Restore(BlockList.Chain([first]));
        Assert.False(restored.BeginSnapshot(full: false, new BlockList()).IsFull);
    }

    [Fact]
    public void What_steps_had_to_write_is_given_in_portions()
    {
        const int Portion = 1000;
        PlanNode input = Plan.Scan(OneQuery.Stream(0));
        AggregateCall names = Plan.Aggregate(
            input, AggregateFunction.Count, "name", SqlType.BigInt.NotNull(), distinct: true);
        StreamItem[] rows = [.. Enumerable.Range(0, 3000).Select(n => OneQuery.Row("a", 1, n))];
        StreamEngine engine = OneQuery.EngineOf(Plan.Tumble(input, 10_000, "ts", ["n"], [names]), OneQuery.Stream(0));
        EngineDriver.Run(engine, rows, 3, new Recorder());
        BlockList blocks = new();
        EngineSnapshot snapshot = engine.BeginSnapshot(full: true, blocks);
        EngineDriver.Run(engine, rows, 3, new Recorder(), rows.Length);

        // The only string is done within the first portion; the groups have waited for it.
        long most = 0;
        for (long before = 0; !snapshot.IsComplete; before = snapshot.BytesWritten)
        {
            snapshot.Advance(Portion);
            most = Math.Max(most, snapshot.BytesWritten - before);
        }

        Assert.InRange(most, 1, 5 * Portion);
        Assert.True(snapshot.BytesWritten > 20 * Portion);
    }

    [Fact]
    public void An_engine_that_has_made_a_step_takes_nothing_over()
    {
        StreamEngine engine = Shop(out _);
        BlockList blocks = BlockList.Of(engine);
        Assert.Throws<InvalidOperationException>(() => engine.Restore(BlockList.Chain([blocks])));
    }

    [Fact]
    public void State_that_does_not_fit_is_refused_with_the_reason()
    {
        Assert.Contains("TUMBLE(10000 ms)", Reason(Counts(5_000), Counts(10_000)), StringComparison.Ordinal);
        string counts = Reason(Counts(5_000), Counts(5_000, Plan.Count(), Plan.Count()));
        Assert.Contains("COUNT(*)", counts, StringComparison.Ordinal);
        Assert.Equal("it had window 0, and not now", Reason(Counts(5_000), Names()));
        Assert.Equal("it had no window 0", Reason(Names(), Counts(5_000)));
        Assert.Equal("", Reason(Counts(5_000), Counts(5_000)));
    }

    [Fact]
    public void Progress_of_another_watermark_is_refused()
    {
        StreamEngine engine = OneQuery.EngineOf(Counts(5_000), OneQuery.Stream(1));
        OneQuery.Run(engine, OneQuery.Row("a", 1));
        BlockList blocks = BlockList.Of(engine);
        StreamEngine later = OneQuery.EngineOf(Counts(5_000), OneQuery.Stream(2));
        RefusedState refused = Assert.Single(later.Restore(BlockList.Chain([blocks])).Refused);
        Assert.Equal(new RefusedState("t", "its watermark was 1000 ms behind and now is 2000 ms"), refused);
    }

    [Fact]
    public void Operators_are_accounted_for()
    {
        StreamEngine engine = Shop(out _);
        ModelStatistics enriched = engine.Statistics.Models.Single(m => m.Model.Name == "enriched");
        ModelStatistics sessions = engine.Statistics.Models.Single(m => m.Model.Name == "sessions");
        OperatorStatistics versions = Assert.Single(enriched.Operators);
        OperatorStatistics window = Assert.Single(sessions.Operators);
        Assert.Equal(("versions 0", "TemporalJoin", enriched.Versions), (versions.Name, versions.Kind, versions.Rows));
        Assert.Equal(("window 0", "WindowAggregate", sessions.OpenGroups), (window.Name, window.Kind, window.Rows));
        Assert.Equal(sessions.StateBytes, window.StateBytes);
        Assert.True(window.StateBytes > 0);
    }

    private static string[] Values(OutputRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Recorder.Canonical(rows.Value(i)))];

    private static StreamEngine Shop(out List<StreamItem> items)
    {
        items = [.. ShopStream.Create(11, 400).Where(i => i is not EndItem)];
        StreamEngine engine = EngineDriver.Engine(ShopGraph.Create(), workers: 2);
        EngineDriver.Run(engine, items, 50, new Recorder());
        return engine;
    }

    private static string Reason(PlanNode before, PlanNode after)
    {
        StreamEngine engine = OneQuery.EngineOf(before, OneQuery.Stream(0));
        OneQuery.Run(engine, OneQuery.Row("a", 1));
        BlockList blocks = BlockList.Of(engine);
        StreamEngine second = OneQuery.EngineOf(after, OneQuery.Stream(0));
        RestoreReport report = second.Restore(BlockList.Chain([blocks]));
        Assert.Equal(0, report.Refused.Count > 0 ? second.ReadAllLive("q").Count : 0);
        return report.Refused.Count == 0 ? "" : report.Refused[0].Reason;
    }

    private static PlanNode Counts(long sizeMs, params AggregateCall[] calls) => Plan.Tumble(
        Plan.Scan(OneQuery.Stream(0)), sizeMs, "ts", ["name"], calls.Length == 0 ? [Plan.Count()] : calls);

    private static PlanNode Names() => Plan.Select(Plan.Scan(OneQuery.Stream(0)), [.. Plan.Columns("name", "n")]);
}
