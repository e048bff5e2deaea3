using System.Text.Json;
using Millrace.Hosting;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Recommendations;

namespace Millrace.Serving.Exposures;

/// <summary>
/// Reads what is known of a session: the categories from the session model's rows, and from its history the items
/// that it bought and the one that it looks at now (the newest event's).
/// </summary>
internal sealed class SessionReader(MillraceRuntime runtime, RecommendationRoles roles)
{
    private const string Purchase = "purchase";
    private const int HistoryRows = 200;

    /// <summary>
    /// The profile, or the answer that says why it could not be read. Unknown sessions have an empty profile.
    /// </summary>
    public async Task<(SessionProfile? Profile, ViewAnswer? Problem)> ReadAsync(string session)
    {
        Dictionary<string, long> categories = [];
        if (roles.SessionModel is { } model)
        {
            ViewAnswer answer = await runtime.QueryAsync(model, new ViewQuery { Key = session }).ConfigureAwait(false);
            if (answer.Outcome != ViewOutcome.Answered)
            {
                return (null, answer);
            }

            AddCategories(categories, answer);
        }

        HashSet<string> excluded = [];
        if (roles.HistoryModel is { } history)
        {
            ViewQuery query = new() { Key = session, Limit = HistoryRows };
            ViewAnswer answer = await runtime.QueryAsync(history, query).ConfigureAwait(false);
            if (answer.Outcome != ViewOutcome.Answered)
            {
                return (null, answer);
            }

            AddExcluded(excluded, answer);
        }

        return (new SessionProfile(categories, excluded), null);
    }

    private void AddCategories(Dictionary<string, long> categories, ViewAnswer answer)
    {
        ViewTable table = new(answer, [roles.CategoriesColumn!]);
        for (int row = 0; row < table.Count; row++)
        {
            if (table.Text(0, row) is not { } counts)
            {
                continue;
            }

            using JsonDocument document = JsonDocument.Parse(counts);
            foreach (JsonProperty category in document.RootElement.EnumerateObject())
            {
                categories[category.Name] = categories.GetValueOrDefault(category.Name) + category.Value.GetInt64();
            }
        }
    }

    private void AddExcluded(HashSet<string> excluded, ViewAnswer answer)
    {
        ViewTable table = new(answer, [roles.HistoryItemColumn!, roles.EventTypeColumn ?? ""]);
        bool isNewest = true;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.Text(0, row) is not { } item)
            {
                continue;
            }

            if (isNewest || table.Text(1, row) == Purchase)
            {
                excluded.Add(item);
            }

            isNewest = false;
        }
    }
}
