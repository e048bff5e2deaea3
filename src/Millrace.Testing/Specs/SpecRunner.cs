using System.Text.Json;
using Millrace.Plans;
using Millrace.Testing.Runs;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Specs;

/// <summary>
/// Checks a spec against the compiler and the engine. Every check returns what is wrong, each with its place; nothing
/// wrong is an empty list.
/// </summary>
public sealed class SpecRunner
{
    private readonly Spec spec;
    private readonly List<TestTable> tables = [];
    private readonly List<string> problems = [];

    public SpecRunner(Spec spec)
    {
        this.spec = spec;
        foreach (TableText text in spec.Tables)
        {
            (TestTable? table, string? problem) = text.Build(QueryCompilation.ParseType);
            tables.AddRange(table is null ? [] : [table]);
            problems.AddRange(problem is null ? [] : [$"{spec}: table {text.Name}: {problem}"]);
        }
    }

    /// <summary>EXPLAIN's text, the columns and the diagnostics are as the spec says.</summary>
    public IReadOnlyList<string> CheckPlan()
    {
        if (problems.Count > 0 || spec.Sql.Length == 0)
        {
            return problems;
        }

        (string plan, string columns, string error) = Golden();
        return
        [
            .. Compare("plan", spec.Plan, plan),
            .. Compare("columns", spec.Columns is { } listed ? string.Join('\n', listed) : null, columns),
            .. Compare("error", spec.Error, error),
            .. error.Length > 0 && spec.Error is null ? [$"{spec}: refused:\n{error}"] : Array.Empty<string>(),
        ];
    }

    /// <summary>What the golden sections would have to say: the plan, the columns, the diagnostics.</summary>
    public (string Plan, string Columns, string Error) Golden()
    {
        QueryCompilation compiled = QueryCompilation.Of(spec.Sql, tables);
        return (
            compiled.Plan is null ? "" : ExplainPrinter.Print(compiled.Plan).TrimEnd('\n'),
            compiled.Plan is null ? "" : string.Join('\n', compiled.Plan.Fields.Select(f => $"{f.Name} {f.Type}")),
            string.Join('\n', compiled.Diagnostics));
    }

    /// <summary>The rows, late rows and bad records are as the spec says, with steps of that many records and that many
    /// workers.</summary>
    public IReadOnlyList<string> CheckRun(int stepRecords, int workers) =>
        Check(plan => QueryRun.Run(plan, tables, spec.Records, stepRecords, workers));

    /// <summary>They are also when the process is killed, and another one takes over its state, at the marks of the
    /// spec.</summary>
    public IReadOnlyList<string> CheckRestarts(int stepRecords) =>
        Check(plan => RestartedRun.Run(plan, tables, spec.Records, stepRecords, spec.Restarts));

    /// <summary>And when it is killed after every step.</summary>
    public IReadOnlyList<string> CheckRestartsEverywhere(int stepRecords) => Check(plan => RestartedRun.Run(
        plan, tables, spec.Records, stepRecords, [.. Enumerable.Range(1, Math.Max(0, spec.Records.Count - 1))
            .Where(place => place % stepRecords == 0)]));

    private IReadOnlyList<string> Check(Func<PlanNode, RunResult> run)
    {
        if (problems.Count > 0 || spec.Sql.Length == 0 || spec.Error is not null)
        {
            return problems;
        }

        QueryCompilation compiled = QueryCompilation.Of(spec.Sql, tables);
        if (compiled.Plan is not { } plan)
        {
            return [$"{spec}: refused:\n{string.Join('\n', compiled.Diagnostics)}"];
        }

        RunResult result = run(plan);
        return [.. Rows(result), .. Compare("late", spec.Late, result.Late.Select(l => l.Value)), .. Bad(result)];
    }

    /// <summary>The values' types and values are as the spec says.</summary>
    public IReadOnlyList<string> CheckValues() => problems.Count > 0 ? problems : [.. spec.Values.SelectMany(Value)];

    private IEnumerable<string> Value(SpecValue value)
    {
        string at = $"{spec.Path}:{value.Line}: {value.Expression}";
        QueryCompilation compiled =
            QueryCompilation.Of($"SELECT {value.Expression} AS v FROM {tables[0].Name}", tables);
        if (compiled.Plan is not { } plan || value.Refusal is not null)
        {
            string code = string.Join(' ', compiled.Diagnostics.Where(d => d.IsError).Select(d => d.Code));
            return code == value.Refusal ? []
                : [$"{at}: {string.Join('\n', compiled.Diagnostics)} is not {value.Refusal ?? "refused"}"];
        }

        string type = plan.Fields[0].Type.ToString();
        string values = string.Join(" | ", spec.Records.Select(r => Single(plan, r)));
        string expected = string.Join(" | ", value.Values.Select(Unescaped));
        return type == value.Type
            && values == expected ? [] : [$"{at} => {type}: {values}, not {value.Type}: {expected}"];
    }

    private string Single(PlanNode plan, TestRecord record)
    {
        RunResult result = QueryRun.Run(plan, tables, [record], 1, 1);
        return result.Bad.Count > 0 || result.Rows.Count == 0
            ? "BAD"
            : Unescaped(JsonDocument.Parse(result.Rows[0]).RootElement.GetProperty("v").GetRawText());
    }

    /// <summary>A JSON text with its escapes undone, so that a spec may write any character as itself.</summary>
    private static string Unescaped(string json) =>
        json.StartsWith('"') ? $"\"{JsonDocument.Parse(json).RootElement.GetString()}\"" : json;

    private IEnumerable<string> Rows(RunResult result) => spec.IsOrdered || spec.Rows is null
        ? Compare("rows", spec.Rows, result.Rows)
        : Compare("rows", spec.Rows.Order(StringComparer.Ordinal), result.Rows.Order(StringComparer.Ordinal));

    /// <summary>A spec that names no bad records has none.</summary>
    private IEnumerable<string> Bad(RunResult result) =>
        Compare("bad", spec.Bad ?? [], result.Bad.Select(b => $"{b.Reason} {b.Original}"));

    private IEnumerable<string> Compare(string section, IEnumerable<string>? expected, IEnumerable<string> found) =>
        Compare(section, expected is null ? null : string.Join('\n', expected), string.Join('\n', found));

    private IEnumerable<string> Compare(string section, string? expected, string found) =>
        expected is null || expected == found ? [] : [$"{spec}: {section}\n{found}\n--- instead of\n{expected}"];
}
