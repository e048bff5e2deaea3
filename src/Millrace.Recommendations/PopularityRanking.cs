using System.Runtime.InteropServices;

namespace Millrace.Recommendations;

/// <summary>
/// Ranks the items of the newest popularity windows for a session: items of the session's categories first, then the
/// rest, each part by score, ties by item id so that the answer is a function of its inputs. An item's score is the
/// sum over its rows. Immutable once made, so one ranking serves any number of requests at once; a request costs the
/// items it skips, not the catalogue. A few large arrays: it lives for seconds, and what is made of many objects would
/// be copied meanwhile by the collector.
/// </summary>
public sealed class PopularityRanking
{
    private readonly Candidate[] byScore;
    private readonly Dictionary<string, List<int>> byCategory = [];

    /// <param name="candidates">The rows; read once.</param>
    /// <param name="expected">About how many different items there are; 0 for unknown.</param>
    public PopularityRanking(IEnumerable<Candidate> candidates, int expected = 0)
    {
        byScore = Summed(candidates, expected);
        Array.Sort(byScore, static (a, b) =>
            a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.Item, b.Item));
        for (int place = 0; place < byScore.Length; place++)
        {
            if (byScore[place].Category is { } category)
            {
                ref List<int>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(byCategory, category, out _);
                (places ??= []).Add(place);
            }
        }
    }

    /// <summary>How many different items there are.</summary>
    public int Count => byScore.Length;

    /// <summary>The best items for a session, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<Recommendation> For(SessionProfile session, int limit)
    {
        List<Recommendation> chosen = new(Math.Min(limit, byScore.Length));
        HashSet<int> taken = [];
        foreach (int place in OfCategories(session.Categories.Keys, limit + session.Excluded.Count))
        {
            Take(place, Reason.BrowsedCategory);
        }

        for (int place = 0; place < byScore.Length && chosen.Count < limit; place++)
        {
            Take(place, Reason.Popular);
        }

        return chosen;

        void Take(int place, Reason reason)
        {
            Candidate item = byScore[place];
            if (chosen.Count < limit && !session.Excluded.Contains(item.Item) && taken.Add(place))
            {
                chosen.Add(new Recommendation(item.Item, item.Category, item.Score, reason));
            }
        }
    }

    // An item's category is the last that a row says.
    private static Candidate[] Summed(IEnumerable<Candidate> candidates, int expected)
    {
        List<Candidate> items = new(expected);
        Dictionary<string, int> places = new(expected);
        foreach (Candidate candidate in candidates)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, candidate.Item, out bool isKnown);
            if (isKnown)
            {
                Candidate sum = items[place];
                items[place] = new Candidate(
                    sum.Item, candidate.Category ?? sum.Category, sum.Score + candidate.Score);
            }
            else
            {
                place = items.Count;
                items.Add(candidate);
            }
        }

        return [.. items];
    }

    /// <summary>
    /// The items of several categories by score: the heads of the categories' own rankings are enough to merge.
    /// </summary>
    private IEnumerable<int> OfCategories(IEnumerable<string> categories, int needed) => categories
        .SelectMany(c => byCategory.TryGetValue(c, out List<int>? places) ? places.Take(needed) : [])
        .Order();
}
