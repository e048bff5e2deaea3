using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Recommendations;

namespace Millrace.Serving.Exposures;

/// <summary>
/// The ranking over the newest windows, shared by a thousand requests a second, made anew when somebody asks and it is
/// older than a quarter of a second. Making it reads every open row between two steps, while others wait: so where the
/// shop is so large that this takes long it is done less often, for a hundredth of the time, at least every five
/// seconds, and beside the requests, which get the last one meanwhile. Only who would get one more than a minute old
/// waits. Thread-safe.
/// </summary>
internal sealed class RankingCache(MillraceRuntime runtime, RecommendationRoles roles, TimeProvider time)
{
    /// <summary>The open windows and the last closed one.</summary>
    private const int Windows = 2;
    private const int CostFactor = 100;
    private const int FewTexts = 1024;
    private static readonly TimeSpan LeastAge = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan GreatestAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OldestGiven = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private Entry? current;
    private TextPool texts = new();
    private Task<(PopularityRanking? Ranking, ViewAnswer? Problem)>? refreshing;

    /// <summary>The ranking, or the answer that says why there is none.</summary>
    public async ValueTask<(PopularityRanking? Ranking, ViewAnswer? Problem)> GetAsync()
    {
        if (Volatile.Read(ref current) is not { } entry)
        {
            return await Refresh().ConfigureAwait(false);
        }

        TimeSpan age = time.GetElapsedTime(entry.MadeAt);
        if (age < entry.MaxAge)
        {
            return (entry.Ranking, null);
        }

        Task<(PopularityRanking? Ranking, ViewAnswer? Problem)> refresh = Refresh();
        bool isCheap = entry.MaxAge == LeastAge;
        return isCheap || age > OldestGiven ? await refresh.ConfigureAwait(false) : (entry.Ranking, null);
    }

    // One at a time, on a thread of its own: with many rows it takes long, and the requests' threads are few.
    private Task<(PopularityRanking? Ranking, ViewAnswer? Problem)> Refresh()
    {
        lock (gate)
        {
            return refreshing is { IsCompleted: false } ? refreshing : refreshing = Task.Factory.StartNew(
                Make,
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
                TaskScheduler.Default);
        }
    }

    private (PopularityRanking? Ranking, ViewAnswer? Problem) Make()
    {
        long begun = time.GetTimestamp();
        ViewQuery query = new() { NewestWindows = Windows, Limit = int.MaxValue };
        string[] columns = [roles.ItemColumn, roles.ScoreColumn, roles.CategoryColumn ?? ""];
        (ViewCursor? rows, ViewAnswer? problem) =
            runtime.ReadColumnsAsync(roles.RankingModel, query, columns).GetAwaiter().GetResult();
        if (rows is null)
        {
            return (null, problem);
        }

        using ViewCursor held = rows;
        int expected = Volatile.Read(ref current)?.Ranking.Count ?? 0;
        texts = texts.Count > (2 * expected) + FewTexts ? new TextPool() : texts;
        PopularityRanking ranking = new(Candidates(rows), expected);
        TimeSpan wanted = time.GetElapsedTime(begun) * CostFactor;
        TimeSpan maxAge = wanted < LeastAge ? LeastAge : wanted > GreatestAge ? GreatestAge : wanted;
        Volatile.Write(ref current, new Entry(ranking, begun, maxAge));
        return (ranking, null);
    }

    private IEnumerable<Candidate> Candidates(ViewCursor rows)
    {
        while (rows.MoveNext())
        {
            double score = rows.Number(1);
            if (!rows.IsNull(0) && !double.IsNaN(score))
            {
                string? category = rows.IsNull(2) ? null : texts.Of(rows.Bytes(2));
                yield return new Candidate(texts.Of(rows.Bytes(0)), category, score);
            }
        }
    }

    private sealed record Entry(PopularityRanking Ranking, long MadeAt, TimeSpan MaxAge);
}
