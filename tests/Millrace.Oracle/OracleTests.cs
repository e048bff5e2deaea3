using Millrace.Demo;
using Millrace.Oracle.Evaluation;
using Millrace.Oracle.Inputs;
using Millrace.Projects;
using Xunit;

namespace Millrace.Oracle;

/// <summary>The engine against the oracle: four models, every row, however the input is cut.</summary>
public class OracleTests
{
    private static readonly CompiledProject Project = SeedProject.Compile();

    private static readonly ShopOptions Shop = new() { EventsPerSecond = 5, Users = 300, Products = 80, Seed = 7 };

    public static TheoryData<int, int> Ways => new()
    {
        { 1, 1 }, { 7, 1 }, { 1024, 1 }, { 1, 2 }, { 7, 2 }, { 1024, 2 }, { 1, 3 }, { 7, 3 }, { 1024, 3 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_demonstration_shop(int stepRecords, int workers)
    {
        Compare(DemoInput.Records(Shop, 6_000), stepRecords, workers);
    }

    [Fact]
    public void Many_late_events()
    {
        List<InputRecord> records = DemoInput.Records(Shop with { LateShare = 0.2, Seed = 11 }, 6_000);
        SeedOracle oracle = Oracle(records, out _);
        Assert.InRange(oracle.LateSessions, 100, 5_000);
        Compare(records, 64, 2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Events_out_of_order_within_the_bound_change_nothing(ulong seed)
    {
        List<InputRecord> records = DemoInput.Records(
            Shop with { LateShare = 0, BadShare = 0, JitterMs = 0, PriceChangesPerSecond = 0, Seed = seed }, 4_000);
        Random random = new((int)seed);
        List<InputRecord> shuffled =
        [
            .. records.Where(r => r.IsProduct),
            .. records.Where(r => !r.IsProduct)
                .OrderBy(r => ShopEvent.Parse(r.Line, 0)!.Time!.Value.AddMilliseconds(random.Next(4_990))),
        ];
        EngineRows inOrder = EngineRows.Run(Project, records, 100, 1);
        EngineRows outOfOrder = EngineRows.Run(Project, shuffled, 100, 2);
        Assert.NotEqual(records, shuffled);
        Assert.Equal(0, outOfOrder.Late("user_sessions"));
        Same("user_sessions", inOrder["user_sessions"], outOfOrder["user_sessions"]);
        Same("product_popularity", inOrder["product_popularity"], outOfOrder["product_popularity"]);
        Compare(shuffled, 100, 2);
    }

    [ShopFact("rees46")]
    public void A_real_shop_of_2019() => Compare(ShopFiles.Rees46(ShopFiles.Folder("rees46")!), 1024, 2);

    [ShopFact("eshop2008")]
    public void A_real_shop_of_2008() => Compare(ShopFiles.Eshop2008(ShopFiles.Folder("eshop2008")!), 1024, 2);

    /// <summary>A wrong engine must be told: one event less is another answer in every model.</summary>
    [Fact]
    public void The_comparison_can_fail()
    {
        List<InputRecord> records = DemoInput.Records(Shop, 500);
        SeedOracle oracle = Oracle([.. records.SkipLast(1)], out _);
        EngineRows engine = EngineRows.Run(Project, records, 100, 1);
        Assert.NotEqual(oracle.EventsClean.Count(), engine["events_clean"].Count);
        Assert.False(oracle.UserSessions.Order().SequenceEqual(engine["user_sessions"].Order()));
    }

    private static void Compare(List<InputRecord> records, int stepRecords, int workers)
    {
        SeedOracle oracle = Oracle(records, out int unreadable);
        EngineRows engine = EngineRows.Run(Project, records, stepRecords, workers);
        Assert.Equal(unreadable, engine.Bad);
        Same("events_clean", oracle.EventsClean, engine["events_clean"]);
        Same("events_enriched", oracle.EventsEnriched, engine["events_enriched"]);
        Same("user_sessions", oracle.UserSessions, engine["user_sessions"]);
        Same("product_popularity", oracle.ProductPopularity, engine["product_popularity"]);
        Assert.Equal(oracle.LateSessions, engine.Late("user_sessions"));
    }

    private static SeedOracle Oracle(List<InputRecord> records, out int unreadable)
    {
        List<ShopEvent?> events = [];
        List<ShopProduct> products = [];
        for (int i = 0; i < records.Count; i++)
        {
            if (records[i].IsProduct)
            {
                DateTime from = DateTimeOffset.FromUnixTimeMilliseconds(records[i].TimestampMs).UtcDateTime;
                products.Add(ShopProduct.Parse(records[i].Line, i, from));
            }
            else
            {
                events.Add(ShopEvent.Parse(records[i].Line, i));
            }
        }

        unreadable = events.Count(e => e is null);
        return new SeedOracle(
            events.OfType<ShopEvent>(), products, Project.FindModel("events_enriched")!.Topic.Partitions);
    }

    /// <summary>Equal as multisets.</summary>
    private static void Same(string model, IEnumerable<string> expected, IEnumerable<string> found)
    {
        List<string> theirs = [.. expected.Order(StringComparer.Ordinal)];
        List<string> ours = [.. found.Order(StringComparer.Ordinal)];
        Assert.NotEmpty(theirs);
        Assert.True(theirs.SequenceEqual(ours, StringComparer.Ordinal),
            $"{model}: {theirs.Count} rows by the oracle, {ours.Count} by the engine\n"
            + $"only the oracle: {string.Join("\n  ", theirs.Except(ours).Take(3))}\n"
            + $"only the engine: {string.Join("\n  ", ours.Except(theirs).Take(3))}");
    }
}
