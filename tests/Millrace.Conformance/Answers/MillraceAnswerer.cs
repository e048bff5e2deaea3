using System.Text;
using System.Text.Json;
using Millrace.Conformance.Corpus;
using Millrace.Data.Json;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Testing.Runs;
using Millrace.Testing.Tables;

namespace Millrace.Conformance.Answers;

/// <summary>Asks the real compiler and engine.</summary>
public sealed class MillraceAnswerer : IAnswerer
{
    private const string NotYet = "MR03";
    private const int StepRecords = 64;

    public Answer Ask(CorpusCase asked, string sql, IReadOnlyList<CorpusTable> tables)
    {
        try
        {
            return Compile(asked, sql, tables);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Crashed(e.ToString());
        }
    }

    private static Answer Compile(CorpusCase asked, string sql, IReadOnlyList<CorpusTable> tables)
    {
        if (asked.Settings.FirstOrDefault(s => s.Value != "UTC") is { Key: not null } setting)
        {
            return new NotSupported($"setting {setting.Key} = {setting.Value}");
        }

        List<TestTable> built = [];
        foreach (CorpusTable table in tables)
        {
            (TestTable? read, string? problem) = TableReader.Read(table);
            if (read is null)
            {
                return new NotSupported(problem!);
            }

            built.Add(read);
        }

        QueryCompilation compiled = QueryCompilation.Of(sql, built);
        return compiled.Plan is { } plan ? Run(asked, plan, built, tables) : Refusal(compiled.Diagnostics);
    }

    /// <summary>Not supported when nothing else is wrong.</summary>
    private static Answer Refusal(IReadOnlyList<Diagnostic> diagnostics)
    {
        List<Diagnostic> errors = [.. diagnostics.Where(d => d.IsError)];
        string text = string.Join("; ", errors.Select(d => $"{d.Code} {d.Message}"));
        return errors.TrueForAll(d => d.Code.StartsWith(NotYet, StringComparison.Ordinal))
            ? new NotSupported(text)
            : new Refused(text);
    }

    private static Answer Run(
        CorpusCase asked, PlanNode plan, IReadOnlyList<TestTable> built, IReadOnlyList<CorpusTable> tables)
    {
        if (ReadsVersionsAsRows(plan))
        {
            return new NotSupported("the latest rows of a versioned table as a stream");
        }

        if (ReadsFineTimes(plan))
        {
            return new NotSupported("timestamps finer than a millisecond");
        }

        if (plan.Schema.Columns.FirstOrDefault(c => !JsonFormat.Supports(c.Type)) is { } column)
        {
            return new NotSupported($"a row with a {column.Type}");
        }

        IEnumerable<TestRecord> records = tables.OrderBy(t => t.Versions is null && t.PrimaryKey.Count == 0).SelectMany(
            t => t.Lines.Where(l => l.Length > 0).Select(l => new TestRecord(t.Name, Encoding.UTF8.GetBytes(l))));
        RunResult result = QueryRun.Run(
            plan, built, [.. records], StepRecords, 1, EncodeOptions.Read(asked.Options));
        return new Ran(
            plan.Schema.Columns,
            [.. result.Rows.Select(Values)],
            result.Rows,
            plan.Changelog == ChangelogKind.Updating,
            [.. result.Bad.Where(b => !IsIgnored(b, built)).Select(b => $"{b.Reason} {b.Message}")]);
    }

    /// <summary>Where parse errors are ignored, Flink drops an unreadable record; here it is kept aside, and that
    /// agrees.</summary>
    private static bool IsIgnored(BadResult bad, IReadOnlyList<TestTable> tables) =>
        bad.IsUnreadable && tables.Any(t => t.Name == bad.Table && t.Topic.Json.IgnoreParseErrors);

    /// <summary>Whether a column finer than a millisecond is read: storage keeps milliseconds.</summary>
    private static bool ReadsFineTimes(PlanNode node) =>
        Expressions(node).Any(IsFine) || node.Inputs.Any(ReadsFineTimes);

    private static bool IsFine(Expression expression) =>
        expression.Type is { IsTimestamp: true, Precision: > 3 } || expression.Operands.Any(IsFine);

    private static IEnumerable<Expression> Expressions(PlanNode node) => node switch
    {
        Project project => project.Expressions,
        Filter filter => [filter.Predicate],
        _ => [],
    };

    /// <summary>Elsewhere than right of AS OF such a table would be its latest rows, which change.</summary>
    private static bool ReadsVersionsAsRows(PlanNode node) => node switch
    {
        TableScan scan => scan.Table.Versioning is not null,
        TemporalJoin join => ReadsVersionsAsRows(join.Left),
        _ => node.Inputs.Any(ReadsVersionsAsRows),
    };

    private static IReadOnlyList<JsonElement> Values(string row) =>
        [.. JsonDocument.Parse(row).RootElement.EnumerateObject().Select(p => p.Value)];
}
