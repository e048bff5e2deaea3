using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Recommendations;

namespace Millrace.Serving.Exposures;

/// <summary>
/// The ranking over the newest windows, made anew when it is older than a quarter of a second and somebody asks: a
/// thousand requests a second share it, and it still follows the shop as it moves. One refresh at a time; others get
/// the last ranking meanwhile.
/// </summary>
internal sealed class RankingCache(MillraceRuntime runtime, RecommendationRoles roles, TimeProvider time)
{
    /// <summary>The open windows and the last closed one.</summary>
    private const int Windows = 2;
    private const int MaxRows = 10_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Entry? current;

    /// <summary>The ranking, or the answer that says why there is none.</summary>
    public async ValueTask<(PopularityRanking? Ranking, ViewAnswer? Problem)> GetAsync()
    {
        Entry? entry = Volatile.Read(ref current);
        if (entry is not null && (time.GetElapsedTime(entry.MadeAt) < MaxAge || refreshing.CurrentCount == 0))
        {
            return (entry.Ranking, null);
        }

        await refreshing.WaitAsync().ConfigureAwait(false);
        try
        {
            entry = current;
            return entry is not null && time.GetElapsedTime(entry.MadeAt) < MaxAge
                ? (entry.Ranking, null)
                : await RefreshAsync().ConfigureAwait(false);
        }
        finally
        {
            refreshing.Release();
        }
    }

    private async Task<(PopularityRanking? Ranking, ViewAnswer? Problem)> RefreshAsync()
    {
        long now = time.GetTimestamp();
        ViewQuery query = new()
        {
            NewestWindows = Windows, OrderBy = roles.ScoreColumn, Descending = true, Limit = MaxRows,
        };
        ViewAnswer answer = await runtime.QueryAsync(roles.RankingModel, query).ConfigureAwait(false);
        if (answer.Outcome != ViewOutcome.Answered)
        {
            return (null, answer);
        }

        Volatile.Write(ref current, new Entry(new PopularityRanking(Candidates(answer)), now));
        return (current.Ranking, null);
    }

    private IEnumerable<Candidate> Candidates(ViewAnswer answer)
    {
        string[] columns = [roles.ItemColumn, roles.ScoreColumn, roles.CategoryColumn ?? ""];
        ViewTable table = new(answer, columns);
        for (int row = 0; row < table.Count; row++)
        {
            double score = table.Number(1, row);
            if (table.Text(0, row) is { } item && !double.IsNaN(score))
            {
                yield return new Candidate(item, table.Text(2, row), score);
            }
        }
    }

    private sealed record Entry(PopularityRanking Ranking, long MadeAt);
}
