using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Millrace.Recommendations.Tests;

public class PopularityRankingTests
{
    private static readonly Candidate[] Shop =
    [
        new("p1", "books", 10), new("p2", "toys", 30), new("p3", "books", 25), new("p4", null, 40), new(
            "p5", "toys", 5),
    ];

    [Fact]
    public void Without_a_session_the_most_popular_come_first()
    {
        IReadOnlyList<Recommendation> top = new PopularityRanking(Shop).For(SessionProfile.Unknown, 3);

        Assert.Equal(["p4", "p2", "p3"], top.Select(r => r.Item));
        Assert.All(top, r => Assert.Equal(Reason.Popular, r.Reason));
    }

    [Fact]
    public void Items_of_browsed_categories_come_before_more_popular_ones()
    {
        SessionProfile session = new(new Dictionary<string, long> { ["books"] = 1 }, new HashSet<string>());

        Assert.Equal(["p3", "p1", "p4", "p2", "p5"], new PopularityRanking(Shop).For(session, 10).Select(r => r.Item));
    }

    [Fact]
    public void What_was_bought_or_is_in_view_is_left_out()
    {
        SessionProfile session = new(
            new Dictionary<string, long> { ["books"] = 1 }, new HashSet<string> { "p3", "p4" });

        Assert.Equal(["p1", "p2"], new PopularityRanking(Shop).For(session, 2).Select(r => r.Item));
    }

    [Fact]
    public void Rows_of_one_item_in_several_windows_add_up()
    {
        PopularityRanking ranking = new([.. Shop, new("p5", "toys", 40)]);

        Recommendation first = ranking.For(SessionProfile.Unknown, 1).Single();
        Assert.Equal(("p5", 45.0), (first.Item, first.Score));
    }

    [Property]
    public Property Equals_sorting_everything() => Prop.ForAll(Cases().ToArbitrary(), c =>
    {
        IReadOnlyList<Recommendation> fast = new PopularityRanking(c.Shop).For(c.Session, c.Limit);
        IEnumerable<string> slow = c.Shop.GroupBy(i => i.Item)
            .Select(
                g => (Id: g.Key, Category: g.Last(i => i.Category != null || g.All(x => x.Category == null)).Category,
                Score: g.Sum(i => i.Score)))
            .Where(i => !c.Session.Excluded.Contains(i.Id))
            .OrderByDescending(i => i.Category != null && c.Session.Categories.ContainsKey(i.Category))
            .ThenByDescending(i => i.Score).ThenBy(i => i.Id, StringComparer.Ordinal)
            .Take(c.Limit).Select(i => i.Id);
        return fast.Select(r => r.Item).SequenceEqual(slow);
    });

    private static Gen<(Candidate[] Shop, SessionProfile Session, int Limit)> Cases()
    {
        Gen<string?> category = Gen.Elements("a", "b", "c", null);
        Gen<string> item = Gen.Elements("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8");
        Gen<Candidate> candidate = from i in item from c in category from s in Gen.Choose(0, 5) select new Candidate(
            i, c, s);
        return from shop in candidate.ArrayOf()
               from browsed in Gen.Elements("a", "b", "c").ListOf()
               from excluded in item.ListOf()
               from limit in Gen.Choose(0, 9)
               select (shop, new SessionProfile(
                   browsed.Distinct().ToDictionary(b => b, _ => 1L), excluded.ToHashSet()), limit);
    }
}
