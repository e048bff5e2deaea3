using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Expressions;
using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Runs <see cref="TemporalJoin"/>: looks up, for each left row, the version that was valid at its time. It never
/// waits: every version appended before the row is in the store. The right side's versions have been added by
/// <see cref="VersionWriter"/>.
/// </summary>
internal sealed class TemporalJoinOperator : RowOperator
{
    private const int SlotAhead = 24;
    private const int EntryAhead = 16;
    private const int VersionAhead = 8;

    private readonly TemporalJoin node;
    private readonly VersionStore store;
    private readonly bool[] needed;
    private readonly Kernel[] keyKernels;
    private readonly Batch keyBatch;
    private readonly KeyEncoder keys;
    private readonly Kernel? residual;
    private readonly int leftCount;
    private readonly FlowBatch shared;
    private readonly FlowBatch selected;
    private int[] matches = [];

    /// <param name="node">The join.</param>
    /// <param name="store">The right side's versions.</param>
    /// <param name="needed">Which output columns operators above, or the residual, read.</param>
    /// <param name="lane">The worker's lane.</param>
    public TemporalJoinOperator(TemporalJoin node, VersionStore store, bool[] needed, Lane lane)
        : base(lane)
    {
        this.node = node;
        this.store = store;
        this.needed = needed;
        keyKernels = [.. node.LeftKey.Select(ExpressionCompiler.Compile)];
        keyBatch = new Batch(new Schema([.. node.LeftKey.Select((e, i) => new SchemaColumn($"k{i}", e.Type))]));
        keys = new KeyEncoder([.. Enumerable.Range(0, keyKernels.Length)]);
        residual = node.Residual is null ? null : ExpressionCompiler.Compile(node.Residual);
        leftCount = node.Left.Schema.Count;
        shared = new FlowBatch(node.Schema);
        selected = new FlowBatch(node.Schema);
    }

    public override FlowBatch Process(FlowBatch input)
    {
        Lane.Failures.Clear();
        EncodeKeys(input);
        if (matches.Length < input.Count)
        {
            matches = new int[Math.Max(input.Count, matches.Length * 2)];
        }

        Probe(input);
        input.Rows.Columns.CopyTo(shared.Rows.Columns, 0);
        shared.Share(input);
        if (residual is not null)
        {
            GatherRight(shared, matches.AsSpan(0, input.Count));
            ApplyResidual();
        }

        if (!Lane.Failures.IsEmpty)
        {
            Lane.ReportFailures(input);
        }
        else if (node.Kind == JoinKind.Left)
        {
            GatherRight(shared, matches.AsSpan(0, input.Count));
            return shared;
        }

        return Select(input);
    }

    private void EncodeKeys(FlowBatch input)
    {
        Lane.Mask.SetAll(input.Count);
        for (int k = 0; k < keyKernels.Length; k++)
        {
            keyBatch.Columns[k] = keyKernels[k].Evaluate(input.Rows, Lane.Mask, Lane.Failures);
        }

        keyBatch.Count = input.Count;
        keys.Encode(keyBatch, 0, input.Count);
    }

    private void Probe(FlowBatch input)
    {
        FixedVector<long> times = (FixedVector<long>)input.Rows.Columns[node.LeftTime];
        long[] positions = input.Rows.Positions;
        ReadOnlySpan<ulong> hashes = keys.Hashes;
        int last = store.IsLarge ? hashes.Length - SlotAhead : 0;
        for (int row = 0; row < input.Count; row++)
        {
            if (row < last)
            {
                store.Prefetch(hashes[row + SlotAhead]);
                store.PrefetchEntry(hashes[row + EntryAhead]);
                store.PrefetchVersion(hashes[row + VersionAhead]);
            }

            if (times.IsNull(row))
            {
                matches[row] = -1;
                continue;
            }

            matches[row] = store.Find(hashes[row], keys.Key(row), times.Values[row], positions[row], Lane.Index);
            Lane.Unmatched += matches[row] < 0 && !HasNullKey(row) ? 1 : 0;
        }
    }

    private bool HasNullKey(int row)
    {
        foreach (ColumnVector column in keyBatch.Columns)
        {
            if (column.IsNull(row))
            {
                return true;
            }
        }

        return false;
    }

    private void GatherRight(FlowBatch target, ReadOnlySpan<int> rows)
    {
        for (int c = 0; c < store.Columns.Length; c++)
        {
            if (needed[leftCount + c])
            {
                VectorGather.Gather(store.Columns[c], rows, target.Rows.Columns[leftCount + c]);
            }
        }
    }

    private void ApplyResidual()
    {
        Lane.Mask.SetNone(shared.Count);
        for (int row = 0; row < shared.Count; row++)
        {
            if (matches[row] >= 0 && !Lane.Failures.Contains(row))
            {
                Lane.Mask.Add(row);
            }
        }

        FixedVector<byte> verdict = (FixedVector<byte>)residual!.Evaluate(shared.Rows, Lane.Mask, Lane.Failures);
        for (int row = 0; row < shared.Count; row++)
        {
            bool isMatch = matches[row] >= 0 && !verdict.IsNull(row) && verdict.Values[row] != 0;
            matches[row] = isMatch ? matches[row] : -1;
        }
    }

    // Drops what failed and, for INNER, what met nothing.
    private FlowBatch Select(FlowBatch input)
    {
        int[] kept = Lane.Indexes(input.Count);
        int count = 0;
        for (int row = 0; row < input.Count; row++)
        {
            bool stays = (matches[row] >= 0 || node.Kind == JoinKind.Left) && !Lane.Failures.Contains(row);
            kept[count] = row;
            matches[count] = matches[row];
            count += stays ? 1 : 0;
        }

        for (int c = 0; c < leftCount; c++)
        {
            if (needed[c])
            {
                VectorGather.Gather(input.Rows.Columns[c], kept.AsSpan(0, count), selected.Rows.Columns[c]);
            }
        }

        FlowGather.SelectMarks(input, kept.AsSpan(0, count), selected);
        GatherRight(selected, matches.AsSpan(0, count));
        return selected;
    }
}
