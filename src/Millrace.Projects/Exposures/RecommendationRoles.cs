using Millrace.Data;

namespace Millrace.Projects;

/// <summary>
/// Which of an exposure's models plays which part when it recommends: found from the plans, not from configuration, so
/// that the document's own <c>recommendation_service</c> runs as it stands. All names are columns of the models' rows.
/// </summary>
public sealed record RecommendationRoles
{
    /// <summary>The windowed model whose rows score items.</summary>
    public required string RankingModel { get; init; }

    /// <summary>The ranking model's key: the item's id.</summary>
    public required string ItemColumn { get; init; }

    /// <summary>The ranking model's score: the column named for a score, else its first number that is an
    /// aggregate.</summary>
    public required string ScoreColumn { get; init; }

    /// <summary>The ranking model's column that holds what the session model collects; null when there is
    /// none.</summary>
    public string? CategoryColumn { get; init; }

    /// <summary>The windowed model that knows sessions; null when the exposure consumes none.</summary>
    public string? SessionModel { get; init; }

    /// <summary>The session model's MULTISET of categories.</summary>
    public string? CategoriesColumn { get; init; }

    /// <summary>The table that holds the session's single events with their items, keyed by session; null when there is
    /// none.</summary>
    public string? HistoryModel { get; init; }

    /// <summary>The item's id in the history.</summary>
    public string? HistoryItemColumn { get; init; }

    /// <summary>The history's <c>event_type</c>; null when it has none, and then nothing counts as bought.</summary>
    public string? EventTypeColumn { get; init; }

    /// <summary>The roles in an exposure, or null when none of its models ranks anything.</summary>
    public static RecommendationRoles? Of(CompiledProject project, ExposureDefinition exposure)
    {
        List<CompiledModel> consumed = [.. exposure.Consumes.Select(
            c => project.FindModel(c.Name)).OfType<CompiledModel>()];
        CompiledModel? ranking = consumed.Find(
            m => m.KeyColumn is not null && ScoreOf(m) is not null && MultisetOf(m) < 0)
            ?? consumed.Find(m => m.KeyColumn is not null && ScoreOf(m) is not null);
        if (ranking is null)
        {
            return null;
        }

        RecommendationRoles roles = new()
        {
            RankingModel = ranking.Name,
            ItemColumn = ranking.Columns[ranking.KeyColumn!.Value].Name,
            ScoreColumn = ScoreOf(ranking)!,
        };
        CompiledModel? session = consumed.Find(m => m != ranking && m.KeyColumn is not null && MultisetOf(m) >= 0);
        return session is null ? roles : WithSession(project, roles, ranking, session);
    }

    private static RecommendationRoles WithSession(
        CompiledProject project, RecommendationRoles roles, CompiledModel ranking, CompiledModel session)
    {
        int categories = MultisetOf(session);
        BaseColumn? category = BaseColumn.Of(session.Plan, categories);
        int inRanking = category is null
            ? -1
            : Enumerable.Range(
                0, ranking.Columns.Count).FirstOrDefault(i => BaseColumn.Of(ranking.Plan, i) == category, -1);
        roles = roles with
        {
            SessionModel = session.Name,
            CategoriesColumn = session.Columns[categories].Name,
            CategoryColumn = inRanking < 0 ? null : ranking.Columns[inRanking].Name,
        };
        BaseColumn? item = BaseColumn.Of(ranking.Plan, ranking.KeyColumn!.Value);
        BaseColumn? visitor = BaseColumn.Of(session.Plan, session.KeyColumn!.Value);
        if (item is null || visitor is null || item.Table != visitor.Table || !IsKeyedBy(project, visitor))
        {
            return roles;
        }

        CompiledTable history = project.FindTable(item.Table)!;
        return roles with
        {
            HistoryModel = history.Name,
            HistoryItemColumn = item.Column,
            EventTypeColumn = history.Schema.IndexOf("event_type") >= 0 ? "event_type" : null,
        };
    }

    private static bool IsKeyedBy(CompiledProject project, BaseColumn column) =>
        project.FindModel(column.Table) is { KeyColumn: { } key } history && history.Columns[key].Name == column.Column;

    private static int MultisetOf(CompiledModel model) =>
        model.Columns.Select(
            (c, i) => (c, i)).Where(x => x.c.Type.Kind == SqlTypeKind.Multiset && x.c.Type.Element!.IsCharacter)
            .Select(x => x.i).DefaultIfEmpty(-1).First();

    private static string? ScoreOf(CompiledModel model)
    {
        IEnumerable<CompiledColumn> numbers = model.Columns.Where(c => c.Type.IsNumeric);
        return (numbers.FirstOrDefault(c => c.Name.Contains("score", StringComparison.OrdinalIgnoreCase))
            ?? numbers.FirstOrDefault(c => c.Name.Contains("popularity", StringComparison.OrdinalIgnoreCase)))?.Name;
    }
}
