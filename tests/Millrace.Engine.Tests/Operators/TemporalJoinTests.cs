using Millrace.Data;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Millrace.Plans;
using Xunit;
using static Millrace.Engine.Tests.Support.OneQuery;

namespace Millrace.Engine.Tests.Operators;

/// <summary>Joins as of a version against Flink's answers; times are seconds, rows are joined by name.</summary>
public sealed class TemporalJoinTests
{
    private static readonly StreamItem[] History = [Version("p1", 10, 1), Version("p1", 20, 2), Delete("p1", 30)];

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 1)]
    [InlineData(25, 2)]
    [InlineData(30, null)]
    public void A_row_meets_the_version_of_its_time(double time, int? version)
    {
        StreamItem[] items = [.. History, Row("p1", time)];
        Assert.Equal([$"name=p1,v={version?.ToString() ?? "NULL"}"], Run(Joining(JoinKind.Left), items).Values("q"));
        Assert.Equal(version is null ? [] : [$"name=p1,v={version}"], Run(Joining(JoinKind.Inner), items).Values("q"));
    }

    [Fact]
    public void Of_versions_of_one_time_the_last_before_the_row_counts()
    {
        StreamItem[] items = [Version("a", 10, 1), Row("a", 12), Version("a", 10, 2), Row("a", 12)];
        Assert.Equal(["name=a,v=1", "name=a,v=2"], Run(Joining(JoinKind.Left), items).Values("q"));
    }

    [Fact]
    public void NULL_keys_never_meet()
    {
        StreamItem[] items = [Version(null, 10, 1), Row(null, 12)];
        Assert.Equal(["name=NULL,v=NULL"], Run(Joining(JoinKind.Left), items).Values("q"));
        Assert.Empty(Run(Joining(JoinKind.Inner), items).Values("q"));
    }

    // TemporalJoinTestPrograms of Flink.
    [Fact]
    public void Flinks_own_program_gives_its_rows()
    {
        StreamItem[] items =
        [
            Version("USD", 41, 102), Version("Euro", 41, 114), Version("Yen", 41, 1), Version("Euro", 45, 116),
            Version("Euro", 47, 119), Version("USD", 58, 103), Version("Euro", 59, 120),
            Row("Euro", 42, 2), Row("USD", 43), Row("Yen", 44, 50), Row("Euro", 45, 3), Row("Euro", 58), Row("USD", 58),
        ];
        PlanNode joined = Plan.AsOf(Plan.Scan(Stream(0)), Plan.Scan(Versions()), "name", "ts", JoinKind.Inner);
        PlanNode plan = Plan.Select(joined, ("amount", n => Plan.Call(
            ScalarFunction.Multiply, SqlType.Int, Plan.Col(n, "n"), new InputColumn(4, "v", SqlType.Int))));
        string[] amounts = Run(EngineOf(plan, Stream(0), Versions()), items).Values("q");
        Assert.Equal(["228", "102", "50", "348", "119", "103"], amounts.Select(a => a.Split('=')[1]));
    }

    [Fact]
    public void No_older_version_is_tried_when_the_rest_of_ON_fails()
    {
        StreamItem[] items = [Version("a", 1, 9), Row("a", 2), Version("a", 3, 3), Row("a", 4)];
        Func<PlanNode, PlanNode, Expression> above5 = (left, right) => Plan.Call(
            ScalarFunction.Greater, SqlType.Boolean, new InputColumn(4, "v", SqlType.Int), Literal.OfInt(5));
        Assert.Equal(["name=a,v=9", "name=a,v=NULL"], Run(Joining(JoinKind.Left, above5), items).Values("q"));
        Assert.Equal(["name=a,v=9"], Run(Joining(JoinKind.Inner, above5), items).Values("q"));
    }

    [Fact]
    public void A_version_without_a_time_is_valid_from_its_records_timestamp()
    {
        StreamItem[] items = [Version("a", null, 1, timestamp: 5_000), Row("a", 4), Row("a", 5)];
        Assert.Equal(["name=a,v=NULL", "name=a,v=1"], Run(Joining(JoinKind.Left), items).Values("q"));
    }

    [Theory]
    [InlineData(true, null, 1)]
    [InlineData(false, 1, 0)]
    public void A_version_older_than_the_latest_counts_only_in_a_table_with_a_key(
        bool isLatestOnly, int? met, long outdated)
    {
        StreamEngine engine = Joining(JoinKind.Left, isLatestOnly: isLatestOnly);
        Recorder recorder = Run(engine, Version("a", 20, 2), Version("a", 10, 1), Row("a", 15), Row("a", 25));
        Assert.Equal([$"name=a,v={met?.ToString() ?? "NULL"}", "name=a,v=2"], recorder.Values("q"));
        Assert.Equal(outdated, engine.Statistics.Models[0].OutdatedVersions);
    }

    // Above a keep-last view a row that fails the filter takes back the one before it, at that one's own time.
    [Theory]
    [InlineData(true, "NULL,NULL,3")]
    [InlineData(false, "1,1,3")]
    public void A_filter_over_versions_wipes_out_what_is_replaced_above_a_view_only(bool isLatestOnly, string expected)
    {
        PlanNode versions = Plan.Where(Plan.Scan(Versions(isLatestOnly)), n => Plan.Call(
            ScalarFunction.NotEqual, SqlType.Boolean, Plan.Col(n, "v"), Literal.OfInt(2)));
        PlanNode joined = Plan.AsOf(Plan.Scan(Stream(0)), versions, "name", "ts", JoinKind.Left);
        StreamItem[] items =
            [Version("a", 10, 1), Version("a", 20, 2), Version("a", 40, 3), Row("a", 12), Row("a", 25), Row("a", 45)];
        Recorder recorder = Run(EngineOf(Output(joined), Stream(0), Versions(isLatestOnly)), items);
        Assert.Equal(expected, string.Join(",", recorder.Values("q").Select(v => v.Split("v=")[1])));
    }

    [Fact]
    public void A_filter_over_a_keyed_table_lets_deletions_through()
    {
        PlanNode versions = Plan.Where(Plan.Scan(Versions(false)), n => Plan.IsNotNull(Plan.Col(n, "v")));
        PlanNode joined = Plan.AsOf(Plan.Scan(Stream(0)), versions, "name", "ts", JoinKind.Left);
        StreamItem[] items = [Version("a", 10, 1), Delete("a", 20), Row("a", 15), Row("a", 25)];
        Recorder recorder = Run(EngineOf(Output(joined), Stream(0), Versions(false)), items);
        Assert.Equal(["name=a,v=1", "name=a,v=NULL"], recorder.Values("q"));
    }

    [Fact]
    public void A_tombstone_without_a_key_is_bad()
    {
        Recorder recorder = Run(Joining(JoinKind.Left), new RecordItem("p", null, null, 0, 0), Delete("", 0));
        Assert.Equal(["0|True||tombstone.key|"], recorder.Of("p$bad"));
    }

    [Fact]
    public void Late_versions_are_those_that_would_have_been_an_answer()
    {
        StreamEngine engine = Joining(JoinKind.Left, isLatestOnly: false);
        Run(
            engine,
            Version("a", 10, 1), Row("a", 30), Version("a", 20, 2), Version("a", 5, 0), Version("a", 40, 4),
            Row("b", 1), Version("b", 0, 1));
        Assert.Equal(1, engine.Statistics.Models[0].LateVersions);
        Assert.Equal(1, engine.Statistics.Models[0].Unmatched);
    }

    private static StreamEngine Joining(
        JoinKind kind, Func<PlanNode, PlanNode, Expression>? residual = null, bool isLatestOnly = true)
    {
        TopicSpec versions = Versions(isLatestOnly);
        PlanNode joined = Plan.AsOf(Plan.Scan(Stream(0)), Plan.Scan(versions), "name", "ts", kind, residual);
        return EngineOf(Output(joined), Stream(0), versions);
    }

    private static Project Output(PlanNode joined) =>
        Plan.Select(joined, ("name", n => Plan.Col(n, "name")), ("v", _ => new InputColumn(4, "v", SqlType.Int)));
}
