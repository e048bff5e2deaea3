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

    private readonly string[] categoriesColumns = [roles.CategoriesColumn ?? ""];
    private readonly string[] historyColumns = [roles.HistoryItemColumn ?? "", roles.EventTypeColumn ?? ""];

    /// <summary>
    /// The profile, or the answer that says why it could not be read. Unknown sessions have an empty profile.
    /// </summary>
    public async Task<(SessionProfile? Profile, ViewAnswer? Problem)> ReadAsync(string session)
    {
        Dictionary<string, long> categories = [];
        if (roles.SessionModel is { } model)
        {
            (ViewTable? rows, ViewAnswer? problem) = await runtime.ReadColumnsAsync(
                model, new ViewQuery { Key = session }, categoriesColumns).ConfigureAwait(false);
            if (rows is null)
            {
                return (null, problem);
            }

            AddCategories(categories, rows);
        }

        HashSet<string> excluded = [];
        if (roles.HistoryModel is { } history)
        {
            ViewQuery query = new() { Key = session, Limit = HistoryRows };
            (ViewTable? rows, ViewAnswer? problem) =
                await runtime.ReadColumnsAsync(history, query, historyColumns).ConfigureAwait(false);
            if (rows is null)
            {
                return (null, problem);
            }

            AddExcluded(excluded, rows);
        }

        return (new SessionProfile(categories, excluded), null);
    }

    private static void AddCategories(Dictionary<string, long> categories, ViewTable table)
    {
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

    private static void AddExcluded(HashSet<string> excluded, ViewTable table)
    {
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
