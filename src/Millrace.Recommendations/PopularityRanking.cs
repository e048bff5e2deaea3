namespace Millrace.Recommendations;

/// <summary>
/// Ranks the items of the newest popularity windows for a session: items of the session's categories first, then the
/// rest, each part by score, ties by item id so that the answer is a function of its inputs. An item's score is the
/// sum over its rows. Immutable once made, so one ranking serves any number of requests at once; a request costs the
/// items it skips, not the catalogue.
/// </summary>
public sealed class PopularityRanking
{
    private readonly Item[] byScore;
    private readonly Dictionary<string, Item[]> byCategory;

    public PopularityRanking(IEnumerable<Candidate> candidates)
    {
        Dictionary<string, Item> items = [];
        foreach (Candidate candidate in candidates)
        {
            items[candidate.Item] = items.TryGetValue(candidate.Item, out Item? known)
                ? known with { Score = known.Score + candidate.Score, Category = candidate.Category ?? known.Category }
                : new Item(candidate.Item, candidate.Category, candidate.Score);
        }

        byScore = [.. items.Values.OrderByDescending(i => i.Score).ThenBy(i => i.Id, StringComparer.Ordinal)];
        byCategory = byScore.Where(i => i.Category is not null).GroupBy(i => i.Category!)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>How many different items there are.</summary>
    public int Count => byScore.Length;

    /// <summary>The best items for a session, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<Recommendation> For(SessionProfile session, int limit)
    {
        List<Recommendation> chosen = new(Math.Min(limit, byScore.Length));
        HashSet<string> taken = [];
        foreach (Item item in OfCategories(session.Categories.Keys, limit + session.Excluded.Count))
        {
            Take(item, Reason.BrowsedCategory);
        }

        foreach (Item item in byScore)
        {
            if (chosen.Count >= limit)
            {
                break;
            }

            Take(item, Reason.Popular);
        }

        return chosen;

        void Take(Item item, Reason reason)
        {
            if (chosen.Count < limit && !session.Excluded.Contains(item.Id) && taken.Add(item.Id))
            {
                chosen.Add(new Recommendation(item.Id, item.Category, item.Score, reason));
            }
        }
    }

    /// <summary>
    /// The items of several categories by score: the heads of the categories' own rankings are enough to merge.
    /// </summary>
    private IEnumerable<Item> OfCategories(IEnumerable<string> categories, int needed) => categories
        .SelectMany(c => byCategory.TryGetValue(c, out Item[]? items) ? items.Take(needed) : [])
        .OrderByDescending(i => i.Score)
        .ThenBy(i => i.Id, StringComparer.Ordinal);

    private sealed record Item(string Id, string? Category, double Score);
}
