using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>
/// Finds what a plan means: which rows it gives, what each column is, and what it has to remember. References to other
/// tables are followed to the sources, so that a change anywhere upstream shows, and one that nobody downstream needs
/// does not: only what is needed enters, as in the engine.
/// </summary>
internal sealed class PlanPrinter
{
    private readonly IReadOnlyDictionary<string, TablePrint> tables;
    private readonly List<PlanPart> parts = [];

    private PlanPrinter(IReadOnlyDictionary<string, TablePrint> tables)
    {
        this.tables = tables;
    }

    /// <param name="plan">The plan of a model, all whose columns are needed.</param>
    /// <param name="tables">The tables that it reads.</param>
    public static (StreamPrint Stream, IReadOnlyList<PlanPart> Parts) Of(
        PlanNode plan, IReadOnlyDictionary<string, TablePrint> tables)
    {
        PlanPrinter printer = new(tables);
        StreamPrint stream = printer.Of(plan, [.. plan.Fields.Select(_ => true)]);
        return (stream, printer.parts);
    }

    private StreamPrint Of(PlanNode node, bool[] needed) => node switch
    {
        TableScan scan => OfScan(scan),
        Filter filter => OfFilter(filter, needed),
        Project project => OfProject(project, needed),
        TemporalJoin join => OfJoin(join, needed),
        WindowAggregate window => OfWindow(window),
        _ => throw new NotSupportedException($"no fingerprint for {node.Describe()}"),
    };

    private StreamPrint OfScan(TableScan scan)
    {
        TablePrint table = tables[scan.Table.Name];
        bool holdsVersions = table.Table is CompiledSource { IsVersioned: true };
        string which = holdsVersions ? Fingerprint.Of("versions", table.Rows) : table.Rows;
        Print rows = new(table.Table.Name, which, [new PartSource(table.Table.Name, "")]);
        Add(PartKind.Rows, "the table that it reads", rows);
        return new StreamPrint(rows, [.. scan.Fields.Select(f => Scanned(table, f.Name))], table);
    }

    private static Print Scanned(TablePrint table, string column) =>
        new(column, table.Columns[column].Deep, [new PartSource(table.Table.Name, column)]);

    private StreamPrint OfFilter(Filter filter, bool[] needed)
    {
        StreamPrint input = Of(filter.Inputs[0], With(needed, filter.Predicate.InputColumns()));
        Print predicate = ExpressionPrint.Of(filter.Predicate, input.Columns);
        Add(PartKind.Rows, "the filter", predicate);
        return input with { Rows = Both(input.Rows, "filter", predicate) };
    }

    private StreamPrint OfProject(Project project, bool[] needed)
    {
        bool[] below = new bool[project.Inputs[0].Fields.Count];
        Expression[] read = [.. project.Expressions.Where((_, c) => needed[c])];
        StreamPrint input = Of(
            project.Inputs[0], With(below, read.SelectMany(e => e.InputColumns())));
        Print?[] columns =
        [
            .. project.Expressions.Select((e, c) => needed[c] ? ExpressionPrint.Of(e, input.Columns) : null),
        ];
        Print[] fallible =
            [.. read.Where(ExpressionPrint.MayFail).Select(e => ExpressionPrint.Of(e, input.Columns))];
        if (fallible.Length == 0)
        {
            return input with { Columns = columns };
        }

        string text = string.Join(PartText.Separator, fallible.Select(p => p.Text));
        Print failures = Joined(text, fallible);
        Add(PartKind.Failures, "what may fail", failures);
        return input with { Rows = Both(input.Rows, "may fail", failures), Columns = columns };
    }

    private StreamPrint OfJoin(TemporalJoin join, bool[] needed)
    {
        int width = join.Left.Fields.Count;
        bool[] joined = With(needed, join.Residual?.InputColumns() ?? []);
        StreamPrint left = Of(join.Left, With(joined[..width], LeftColumns(join)));
        StreamPrint right = Of(join.Right, With(joined[width..], RightColumns(join)));
        Print?[] both = [.. left.Columns, .. right.Columns];
        Print match = MatchOf(join, left, right, both);
        PartKind decides = join.Kind == JoinKind.Inner ? PartKind.Rows : PartKind.State;
        Add(decides, $"the join with {right.Progress.Table.Name}", match);
        AddVersions(join, right, match, joined[width..]);
        IEnumerable<Print?> versions = right.Columns.Select(c => c is null
            ? null : new Print(c.Text, Fingerprint.Of("version", match.Deep, c.Deep), c.From));
        Print rows = join.Kind == JoinKind.Inner || join.LeftKey.Any(ExpressionPrint.MayFail)
            ? Both(left.Rows, "match", match) : left.Rows;
        return new StreamPrint(rows, [.. left.Columns, .. versions], left.Progress);
    }

    private static IEnumerable<int> LeftColumns(TemporalJoin join) =>
        join.LeftKey.SelectMany(k => k.InputColumns()).Append(join.LeftTime);

    private static IEnumerable<int> RightColumns(TemporalJoin join) =>
        join.RightTime is { } time ? join.RightKey.Append(time) : join.RightKey;

    /// <summary>By what a left row meets a version.</summary>
    private static Print MatchOf(TemporalJoin join, StreamPrint left, StreamPrint right, Print?[] both)
    {
        Print[] keys = [.. join.LeftKey.Select(k => ExpressionPrint.Of(k, left.Columns))];
        Print[] versions = [.. RightColumns(join).Select(c => right.Columns[c]!)];
        Print? residual = join.Residual is null ? null : ExpressionPrint.Of(join.Residual, both);
        string on = string.Join(" AND ", keys.Zip(versions, (k, v) => $"{k.Text} = {v.Text}"));
        string kind = join.Kind.ToString().ToUpperInvariant();
        string text = $"{kind} JOIN AS OF {left.Columns[join.LeftTime]!.Text} ON {on}"
            + (residual is null ? "" : $" AND {residual.Text}");
        CompiledTable table = right.Progress.Table;
        string rule = $"{table.Versioning?.IsLatestOnly} {table.Versioning?.MeetsNullKeys} "
            + (table.KeyColumn is { } key ? table.Columns[key].Name : "");
        Print[] all = [left.Columns[join.LeftTime]!, .. keys, right.Rows, .. versions];
        return Joined(
            text, residual is null ? all : [.. all, residual],
            $"{join.Kind}", $"{join.RightTime is null}", $"{keys.Length}", rule);
    }

    /// <summary>What the join keeps of each version.</summary>
    private void AddVersions(TemporalJoin join, StreamPrint right, Print match, bool[] needed)
    {
        Print[] kept = [.. right.Columns.Where((c, i) => c is not null && needed[i]).Select(c => c!)];
        string text = string.Join(PartText.Separator, kept.Select(k => k.Text));
        Add(PartKind.State, $"what is kept of {right.Progress.Table.Name}", Joined(text, kept, match.Deep));
    }

    private StreamPrint OfWindow(WindowAggregate window)
    {
        IEnumerable<int> columns = window.GroupKey.Append(window.TimeColumn).Concat(window.Aggregates
            .SelectMany(a => new[] { a.Argument, a.Filter }).OfType<InputColumn>().Select(c => c.Index));
        StreamPrint input = Of(window.Inputs[0], With(new bool[window.Inputs[0].Fields.Count], columns));
        Print time = input.Columns[window.TimeColumn]!;
        Print size = Joined(WindowText.Of(window.Window, time.Text), [time], window.Window.ToString()!);
        Print[] group = [.. window.GroupKey.Select(k => input.Columns[k]!)];
        Print by = Joined(string.Join(", ", group.Select(g => g.Text)), group);
        Print watermark = new(ProgressText.Of(input.Progress.Table), input.Progress.Progress, input.Rows.From);
        Print[] calls = [.. window.Aggregates.Select(a => CallOf(a, input))];
        Add(PartKind.Rows, "the window", size);
        Add(PartKind.Rows, "what it groups by", by);
        Add(PartKind.Rows, $"the watermark of {input.Progress.Table.Name}", watermark);
        string counts = string.Join(PartText.Separator, calls.Select(c => c.Text));
        Add(PartKind.State, "what it counts", Joined(counts, calls));
        Print rows = Joined("", [size, by, watermark, input.Rows], "window");
        return new StreamPrint(rows, ColumnsOf(window, rows, group, calls), input.Progress);
    }

    private static Print?[] ColumnsOf(WindowAggregate window, Print rows, Print[] group, Print[] calls) =>
    [
        .. group.Concat(calls).Select(c => c with { Deep = Fingerprint.Of(rows.Deep, c.Deep) }),
        .. window.Properties.Select(
            p => new Print($"the window's {p.ToString().ToLowerInvariant()}", Fingerprint.Of(rows.Deep, $"{p}"), [])),
    ];

    private static Print CallOf(AggregateCall call, StreamPrint input)
    {
        Print? argument = call.Argument is { } a ? input.Columns[a.Index] : null;
        Print? filter = call.Filter is { } f ? input.Columns[f.Index] : null;
        string text = $"{call.Function.Name}({(call.IsDistinct ? "DISTINCT " : "")}{argument?.Text ?? "*"})"
            + (filter is null ? "" : $" FILTER (WHERE {filter.Text})");
        string own = $"{call.Function.Name} {call.IsDistinct} {argument is null} {call.Type}";
        return Joined(text, [.. new[] { argument, filter }.OfType<Print>()], own);
    }

    private void Add(PartKind kind, string label, Print print) => parts.Add(new PlanPart(kind, label, print));

    private static Print Both(Print rows, string how, Print what) => Joined(rows.Text, [rows, what], how);

    private static Print Joined(string text, IReadOnlyList<Print> prints, params string[] own) => new(
        text, Fingerprint.Of(own.Concat(prints.Select(p => p.Deep))), [.. prints.SelectMany(p => p.From).Distinct()]);

    private static bool[] With(bool[] needed, IEnumerable<int> columns)
    {
        bool[] more = [.. needed];
        foreach (int column in columns)
        {
            more[column] = true;
        }

        return more;
    }
}
