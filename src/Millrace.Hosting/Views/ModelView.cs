using Millrace.Data;
using Millrace.Engine;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Meters;
using Millrace.Plans;
using Millrace.Projects;

namespace Millrace.Hosting.Views;

/// <summary>
/// The readable rows of one model: the newest final ones in memory, the live ones in the engine's state.
/// </summary>
internal sealed class ModelView(CompiledModel model, long budgetBytes, RowStore? final = null)
{
    public CompiledModel Model => model;

    public RowStore Final { get; } = final ?? new(budgetBytes, model.Topic.Partitions);

    /// <summary>Rows put out since the process went live.</summary>
    public MinuteRate Rate { get; } = new();

    /// <summary>When the last of them was, or null.</summary>
    public long? LastRowMs { get; set; }

    public bool IsWindowed { get; } = HasWindow(model.Plan);

    /// <summary>What is wrong with a query, or null.</summary>
    public string? Check(ViewQuery query)
    {
        foreach (string column in query.Filters.Select(f => f.Column).Concat(query.OrderBy is { } order ? [order] : []))
        {
            if (model.Schema.IndexOf(column) < 0)
            {
                string names = string.Join(", ", model.Schema.Columns.Select(c => c.Name));
                return $"{model.Name} has no column {column}; it has {names}";
            }
        }

        return query switch
        {
            { NewestWindows: not null } when !IsWindowed => $"{model.Name} has no windows",
            { Key: { } key } when !KeyText.TryEncode(model, key, out _) => $"{model.Name} has no such key",
            { Limit: < 0 } => "the limit is negative",
            _ => null,
        };
    }

    /// <summary>On the engine's thread, between steps.</summary>
    public ViewSnapshot Capture(ViewQuery query, StreamEngine engine, long position)
    {
        bool wantsLive = query.Parts != ViewParts.FinalOnly && IsWindowed;
        bool wantsFinal = query.Parts != ViewParts.LiveOnly;
        if (query.Key is { } text)
        {
            KeyText.TryEncode(model, text, out byte[] key);
            bool isAll = query.Filters.Count > 0 || query.OrderBy is not null || query.NewestWindows is not null;
            return new ViewSnapshot(
                wantsLive ? Copy(engine.ReadLive(model.Name, key)) : [],
                wantsFinal ? CopyFinal(key, isAll ? int.MaxValue : query.Limit) : [],
                Final.IsComplete,
                position);
        }

        RowSnapshot rows = Final.Capture();
        return new ViewSnapshot(
            wantsLive ? Copy(engine.ReadAllLive(model.Name)) : [],
            wantsFinal ? rows.NewestFirst() : [],
            rows.IsComplete,
            position)
        {
            Lease = rows,
        };
    }

    public SqlType TypeOf(string column) => model.Schema.Columns[model.Schema.IndexOf(column)].Type;

    private static bool HasWindow(PlanNode node) => node is WindowAggregate || node.Inputs.Any(HasWindow);

    // One copy for all: a request has dozens of rows.
    private List<StoredRow> CopyFinal(byte[] key, int limit)
    {
        List<StoredRow> rows = Final.Find(key, limit);
        byte[] values = new byte[rows.Sum(r => r.Value.Length)];
        int used = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlyMemory<byte> value = rows[i].Value;
            value.CopyTo(values.AsMemory(used));
            rows[i] = rows[i] with { Value = values.AsMemory(used, value.Length) };
            used += value.Length;
        }

        return rows;
    }

    // The engine gives them by window end; newest first is wanted, and the engine's arrays are good for this call only.
    private static StoredRow[] Copy(OutputRows rows)
    {
        int[] starts = rows.ValueStarts;
        ReadOnlyMemory<byte> values = rows.Values.AsSpan(starts[0], starts[rows.Count] - starts[0]).ToArray();
        StoredRow[] copies = new StoredRow[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlyMemory<byte> value = values[(starts[i] - starts[0])..(starts[i + 1] - starts[0])];
            copies[rows.Count - 1 - i] = new StoredRow(value, rows.Timestamps[i]);
        }

        return copies;
    }
}
