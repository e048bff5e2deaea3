namespace Millrace.Engine.Tests.Oracle;

/// <summary>Tumbling windows over a topic: keeps the rows themselves, and counts them when the window closes.</summary>
internal sealed class OracleWindow
{
    private readonly long size;
    private readonly SortedDictionary<(long End, string Key), List<OracleRow>> open = new(
        Comparer<(long End, string Key)>.Create((a, b) =>
            a.End != b.End ? a.End.CompareTo(b.End) : string.CompareOrdinal(a.Key, b.Key)));

    /// <summary>Makes the row of a group: the window's end, the rows, the position.</summary>
    private readonly Func<long, IReadOnlyList<OracleRow>, long, OracleRow?> row;

    public OracleWindow(
        OracleTopic input,
        OracleTopic output,
        long size,
        string timeColumn,
        string[] key,
        Func<long, IReadOnlyList<OracleRow>, long, OracleRow?> row,
        Func<OracleRow, bool>? where = null)
    {
        this.size = size;
        this.row = row;
        input.Readers.Add(r =>
        {
            if (where?.Invoke(r) ?? true)
            {
                Add(input, r, ((Instant?)r[timeColumn])?.Ms, r.KeyOf(key));
            }
        });
        input.Closers.Add(position => Close(input, output, position));
    }

    public List<string> Late { get; } = [];

    public List<string> Bad { get; } = [];

    /// <summary>The rows of open windows, as if these closed now.</summary>
    public IEnumerable<OracleRow> Live(long position) =>
        open.Select(o => row(o.Key.End, o.Value, position)).OfType<OracleRow>();

    private void Add(OracleTopic input, OracleRow added, long? time, string key)
    {
        if (time is null)
        {
            Bad.Add($"{added.Position}|{added}");
            return;
        }

        long end = ((long)Math.Floor((decimal)time.Value / size) * size) + size;
        if (end - 1 <= input.Watermark)
        {
            Late.Add($"{added.Position}|{input.Watermark}|{end}|{added}");
            return;
        }

        if (!open.TryGetValue((end, key), out List<OracleRow>? rows))
        {
            open.Add((end, key), rows = []);
        }

        rows.Add(added);
    }

    private void Close(OracleTopic input, OracleTopic output, long position)
    {
        foreach ((long End, string Key) group in open.Keys.TakeWhile(g => g.End - 1 <= input.Watermark).ToList())
        {
            open.Remove(group, out List<OracleRow>? rows);
            if (row(group.End, rows!, position) is { } emitted)
            {
                output.Append(emitted, group.End - 1);
            }
        }
    }
}
