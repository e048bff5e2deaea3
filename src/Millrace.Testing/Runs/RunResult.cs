using System.Text;
using Millrace.Engine;

namespace Millrace.Testing.Runs;

/// <summary>A row that was late: the row as the window read it, and the window's end in ms since the epoch.</summary>
public sealed record LateResult(string Value, long WindowEnd);

/// <summary>A bad record or row.</summary>
/// <param name="Table">The table that it came from.</param>
/// <param name="IsUnreadable">Whether it could not be decoded; else an expression failed on it.</param>
/// <param name="Reason">The reason's code.</param>
/// <param name="Message">What happened.</param>
/// <param name="Original">The record, or the row as the failing operator read it.</param>
public sealed record BadResult(string Table, bool IsUnreadable, string Reason, string Message, string Original);

/// <summary>What a run put out, in order: rows as their JSON in the topic, late rows, bad records.</summary>
public sealed class RunResult : IStepOutput
{
    private readonly List<string> rows = [];
    private readonly List<LateResult> late = [];
    private readonly List<BadResult> bad = [];

    public IReadOnlyList<string> Rows => rows;

    public IReadOnlyList<LateResult> Late => late;

    public IReadOnlyList<BadResult> Bad => bad;

    void IStepOutput.Rows(ModelSpec model, OutputRows output)
    {
        for (int i = 0; i < output.Count; i++)
        {
            rows.Add(Encoding.UTF8.GetString(output.Value(i)));
        }
    }

    void IStepOutput.Bad(in BadRow row) =>
        bad.Add(new BadResult(
            row.Topic.Name, row.Model is null, row.Reason, row.Message, Encoding.UTF8.GetString(row.Original)));

    void IStepOutput.Late(in LateRow row) =>
        late.Add(new LateResult(Encoding.UTF8.GetString(row.Value), row.WindowEnd));
}
