using Millrace.Data;
using Millrace.Data.Time;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Millrace.Plans;
using Xunit;
using static Millrace.Engine.Tests.Support.OneQuery;

namespace Millrace.Engine.Tests.Operators;

/// <summary>Tumbling windows against Flink's answers: sizes and times are seconds.</summary>
public sealed class WindowAggregateTests
{
    [Fact]
    public void A_window_fires_when_the_watermark_reaches_its_last_millisecond()
    {
        Recorder recorder = Run(Counting(5, 0), Row("a", 1), Row("a", 4.999), Row("a", 5));
        string[] expected = ["0|a|4999|1|name=a,s=1970-01-01T00:00:00,e=1970-01-01T00:00:05,c=2"];
        Assert.Equal(expected, recorder.Of("q"));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 2)]
    public void A_row_is_late_when_its_window_has_fired(double delay, int late, int count)
    {
        Recorder recorder = Run(Counting(5, delay), Row("a", 4), Row("a", 6), Row("a", 3), new EndItem());
        Assert.Equal(late, recorder.Of("q$late").Count);
        Assert.EndsWith($",c={count}", recorder.Values("q")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_row_says_the_watermark_and_the_window_that_it_missed()
    {
        Recorder recorder = Run(Counting(5, 1), Row("a", 4), Row("a", 6), Row("a", 3, 7));
        Assert.Equal(["2|5000|5000|name=a,n=7,ts=3"], recorder.Of("q$late"));
    }

    [Fact]
    public void A_row_older_than_the_watermark_is_taken_while_its_window_is_open()
    {
        Recorder recorder = Run(Counting(10, 0), Row("a", 8), Row("a", 2), new EndItem());
        Assert.Equal(["name=a,s=1970-01-01T00:00:00,e=1970-01-01T00:00:10,c=2"], recorder.Values("q"));
    }

    [Fact]
    public void Windows_are_aligned_by_floor_and_hold_their_start_only()
    {
        Recorder recorder = Run(Counting(5, 0), Row("a", -0.001), Row("a", 5), new EndItem());
        string[] expected =
        [
            "name=a,s=1969-12-31T23:59:55,e=1970-01-01T00:00:00,c=1",
            "name=a,s=1970-01-01T00:00:05,e=1970-01-01T00:00:10,c=1",
        ];
        Assert.Equal(expected, recorder.Values("q"));
    }

    [Fact]
    public void A_global_window_without_rows_gives_no_row()
    {
        PlanNode input = Plan.Scan(Stream(0));
        PlanNode plan = Plan.Tumble(input, 5_000, "ts", [], [Plan.Count()], WindowProperty.Start);
        Recorder recorder = Run(EngineOf(plan, Stream(0)), Row("a", 1), Row("a", 21), new EndItem());
        string[] expected = ["agg0=1,window_start=1970-01-01T00:00:00", "agg0=1,window_start=1970-01-01T00:00:20"];
        Assert.Equal(expected, recorder.Values("q"));
    }

    [Fact]
    public void NULL_is_a_group_of_its_own()
    {
        Recorder recorder = Run(Counting(5, 0), Row(null, 1), Row("a", 1), Row(null, 2), Row("", 2), new EndItem());
        Assert.Equal(["NULL:2", ":1", "a:1"], Counts(recorder));
    }

    [Fact]
    public void The_row_time_of_a_window_is_its_last_millisecond()
    {
        PlanNode input = Plan.Scan(Stream(0));
        PlanNode plan = Plan.Tumble(input, 5_000, "ts", ["name"], [], WindowProperty.RowTime);
        Recorder recorder = Run(EngineOf(plan, Stream(0)), Row("a", 1), new EndItem());
        Assert.Equal(["name=a,window_time=1970-01-01T00:00:04.999"], recorder.Values("q"));
    }

    [Fact]
    public void A_row_without_a_time_is_bad()
    {
        Recorder recorder = Run(Counting(5, 0), Row("a", null), Row("a", 1), new EndItem());
        Assert.Equal(["a:1"], Counts(recorder));
        Assert.Equal(["0|True|q|NULL_EVENT_TIME|{\"name\":\"a\",\"n\":1,\"ts\":null}"], recorder.Of("t$bad"));
    }

    // GroupWindowAggregateTestPrograms of Flink: 5 s windows, 1 s delay.
    [Fact]
    public void Flinks_own_program_gives_its_rows()
    {
        PlanNode input = Plan.Scan(Stream(1));
        AggregateCall sum = Plan.Aggregate(input, AggregateFunction.Sum, "n", SqlType.Int);
        PlanNode plan = Plan.Tumble(input, 5_000, "ts", ["name"], [Plan.Count(), sum], WindowProperty.Start);
        Recorder recorder = Run(
            EngineOf(plan, Stream(1)),
            Row("a", 1, 1), Row("a", 2, 2), Row("a", 3, 2), Row("a", 4, 5), Row("b", 7, 3), Row("b", 6, 6),
            Row("a", 8, 3), Row("a", 4, 5), Row("b", 16, 4), Row(null, 32, 7), Row("b", 34, 1), new EndItem());
        string[] expected = ["a 00 4 10", "a 05 1 3", "b 05 2 9", "b 15 1 4", "NULL 30 1 7", "b 30 1 1"];
        Assert.Equal(expected, recorder.Values("q").Select(Short));

        static string Short(string row)
        {
            string[] v = [.. row.Split(',').Select(f => f.Split('=')[1])];
            return $"{v[0]} {v[3][^2..]} {v[1]} {v[2]}";
        }
    }

    [Fact]
    public void A_day_of_instants_is_a_day_of_the_session_zone()
    {
        TopicSpec stream = Stream(0, Plan.Instant);
        WindowProperty[] properties = [WindowProperty.Start, WindowProperty.End, WindowProperty.RowTime];
        PlanNode plan = Plan.Tumble(Plan.Scan(stream), 86_400_000, "ts", ["name"], [], properties);
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");
        EngineOptions options = new() { SessionZone = zone };
        double seventeen = 1_704_128_400; // 2024-01-01T17:00Z
        Recorder recorder = Run(
            EngineOf(plan, options, stream),
            Row("a", seventeen), Row("b", seventeen + 82_798), Row("c", seventeen + 82_799.999));
        const string Day =
            "window_start=2024-01-02T00:00:00,window_end=2024-01-03T00:00:00,window_time=2024-01-02T15:59:59.999Z";
        string[] expected = [$"2|name=a,{Day}", $"2|name=b,{Day}", $"2|name=c,{Day}"];
        Assert.Equal(expected, recorder.Of("q").Select(l => string.Join('|', l.Split('|')[3..])));
    }

    [Fact]
    public void A_filter_of_an_aggregate_leaves_rows_out_of_that_aggregate_only()
    {
        PlanNode input = Plan.Select(Plan.Scan(Stream(0)), [
            .. Plan.Columns("name", "n", "ts"),
            ("big", n => Plan.Call(ScalarFunction.Greater, SqlType.Boolean, Plan.Col(n, "n"), Literal.OfInt(1)))]);
        PlanNode plan = Plan.Tumble(
            input,
            5_000,
            "ts",
            ["name"],
            [Plan.Count(), Plan.Aggregate(input, AggregateFunction.Sum, "n", SqlType.Int, filter: "big")]);
        StreamItem[] items = [Row("a", 1, 1), Row("a", 1, 5), Row("a", 1, null), Row("b", 1, 0), new EndItem()];
        Recorder recorder = Run(EngineOf(plan, Stream(0)), items);
        Assert.Equal(["name=a,agg0=3,agg1=5", "name=b,agg0=1,agg1=NULL"], recorder.Values("q"));
    }

    [Fact]
    public void Statistics_count_late_rows_and_what_is_open()
    {
        StreamEngine engine = Counting(5, 0);
        Run(engine, Row("a", 1), Row("a", 12), Row("b", 12), Row("c", 18), Row("a", 2));
        ModelStatistics model = engine.Statistics.Models[0];
        Assert.Equal((5, 3, 1, 1, 1), (model.RowsIn, model.RowsOut, model.Late, model.OpenWindows, model.OpenGroups));
        Assert.Equal(18_000, engine.Statistics.Topics[0].Watermark);
        Assert.True(model.StateBytes > 0);
        Assert.Equal(TimestampForms.EpochSeconds, engine.Statistics.Topics[0].TimestampForms);
    }

    private static StreamEngine Counting(long seconds, double delay)
    {
        WindowProperty[] properties = [WindowProperty.Start, WindowProperty.End];
        PlanNode windows = Plan.Tumble(
            Plan.Scan(Stream(delay)), seconds * 1000, "ts", ["name"], [Plan.Count()], properties);
        PlanNode plan = Plan.Select(windows, [
            .. Plan.Columns("name"),
            ("s", n => Plan.Col(n, "window_start")),
            ("e", n => Plan.Col(n, "window_end")),
            ("c", n => Plan.Col(n, "agg0"))]);
        return EngineOf(plan, Stream(delay));
    }

    private static IEnumerable<string> Counts(Recorder recorder) =>
        recorder.Values("q").Select(r => $"{r.Split(',')[0][5..]}:{r.Split(',')[3][2..]}");
}
