using System.Text;

namespace Millrace.Hosting.Views;

/// <summary>
/// Answers a query from a snapshot, with rows or with columns of them: windows, filters, order, limit, in this order.
/// </summary>
internal sealed class ViewEvaluation(ModelView view, ViewQuery query)
{
    private readonly RowFilter[] filters = [.. query.Filters.Select(f => new RowFilter(f))];

    public ViewAnswer Answer(ViewSnapshot snapshot)
    {
        IEnumerable<ViewRow> found = Chosen(snapshot);
        if (snapshot.Lease is not null)
        {
            found = found.Select(r => r.IsLive ? r : r with { Json = r.Json.ToArray() });
        }

        return new ViewAnswer(ViewOutcome.Answered, [.. found])
        {
            IsComplete = snapshot.IsComplete,
            Position = snapshot.Position,
        };
    }

    /// <summary>The cursor takes the snapshot over.</summary>
    public ViewCursor Columns(ViewSnapshot snapshot, IReadOnlyList<string> columns) =>
        new(Chosen(snapshot).Select(r => r.Json), columns, snapshot);

    private IEnumerable<ViewRow> Chosen(ViewSnapshot snapshot)
    {
        long oldest = query.NewestWindows is { } windows ? OldestOf(snapshot, windows) : long.MinValue;
        IEnumerable<ViewRow> live = snapshot.Live
            .Where(r => r.Time >= oldest && Matches(r))
            .Select(r => new ViewRow(r.Value, IsLive: true, r.Time));

        // Windows close in order of their ends, so the first final row that is too old ends the walk.
        IEnumerable<ViewRow> final = snapshot.Final
            .TakeWhile(r => query.NewestWindows is null || r.Time >= oldest)
            .Where(Matches)
            .Select(r => new ViewRow(r.Value, IsLive: false, r.Time));
        IEnumerable<ViewRow> rows = live.Concat(final);
        return (query.OrderBy is { } column ? Ordered(rows, column) : rows).Take(query.Limit);
    }

    private bool Matches(StoredRow row)
    {
        foreach (RowFilter filter in filters)
        {
            if (!filter.Matches(row.Value.Span))
            {
                return false;
            }
        }

        return true;
    }

    private IOrderedEnumerable<ViewRow> Ordered(IEnumerable<ViewRow> rows, string column)
    {
        RowOrder order = new(Encoding.UTF8.GetBytes(column), view.TypeOf(column), query.Descending);
        return rows.OrderBy(r => order.KeyOf(r.Json.Span), order);
    }

    /// <summary>The timestamp of the oldest of the newest windows.</summary>
    private static long OldestOf(ViewSnapshot snapshot, int windows)
    {
        SortedSet<long> newest = [.. snapshot.Live.Select(r => r.Time)];
        int ofFinal = 0;
        long last = long.MaxValue;
        foreach (StoredRow row in snapshot.Final)
        {
            if (row.Time != last)
            {
                last = row.Time;
                newest.Add(last);
                if (++ofFinal == windows)
                {
                    break;
                }
            }
        }

        return newest.Reverse().Take(windows).Append(long.MaxValue).Min();
    }
}
