namespace Millrace.Hosting.Views;

/// <summary>
/// The rows that a query may see, or why there are none. Taken by the engine's thread, answered by whoever asked, once.
/// </summary>
internal sealed record ViewCapture(ViewAnswer? Refusal)
{
    private ModelView? View { get; init; }

    private ViewSnapshot? Rows { get; init; }

    public static ViewCapture Of(ModelView view, ViewSnapshot rows) => new((ViewAnswer?)null)
    {
        View = view,
        Rows = rows,
    };

    public ViewAnswer Answer(ViewQuery query)
    {
        using ViewSnapshot? rows = Rows;
        return rows is null ? Refusal! : new ViewEvaluation(View!, query).Answer(rows);
    }

    public (ViewCursor? Rows, ViewAnswer? Problem) Columns(ViewQuery query, IReadOnlyList<string> columns) =>
        Rows is null ? (null, Refusal) : (new ViewEvaluation(View!, query).Columns(Rows, columns), null);
}
