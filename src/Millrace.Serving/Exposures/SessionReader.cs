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
    private const int HistoryRows = 200;

    private static ReadOnlySpan<byte> Purchase => "purchase"u8;

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
            (ViewCursor? rows, ViewAnswer? problem) = await runtime.ReadColumnsAsync(
                model, new ViewQuery { Key = session }, categoriesColumns).ConfigureAwait(false);
            using ViewCursor? held = rows;
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
            (ViewCursor? rows, ViewAnswer? problem) =
                await runtime.ReadColumnsAsync(history, query, historyColumns).ConfigureAwait(false);
            using ViewCursor? held = rows;
            if (rows is null)
            {
                return (null, problem);
            }

            AddExcluded(excluded, rows);
        }

        return (new SessionProfile(categories, excluded), null);
    }

    private static void AddCategories(Dictionary<string, long> categories, ViewCursor rows)
    {
        while (rows.MoveNext())
        {
            if (rows.IsNull(0))
            {
                continue;
            }

            Utf8JsonReader counts = new(rows.Bytes(0));
            counts.Read();
            while (counts.Read() && counts.TokenType == JsonTokenType.PropertyName)
            {
                string category = counts.GetString()!;
                counts.Read();
                categories[category] = categories.GetValueOrDefault(category) + counts.GetInt64();
            }
        }
    }

    private static void AddExcluded(HashSet<string> excluded, ViewCursor rows)
    {
        bool isNewest = true;
        while (rows.MoveNext())
        {
            if (rows.IsNull(0))
            {
                continue;
            }

            if (isNewest || rows.Bytes(1).SequenceEqual(Purchase))
            {
                excluded.Add(rows.Text(0)!);
            }

            isNewest = false;
        }
    }
}
