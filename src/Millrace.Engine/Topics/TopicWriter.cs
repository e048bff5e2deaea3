using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Text;
using Millrace.Engine.Flow;
using Millrace.Plans;
using Millrace.Storage.Records;

namespace Millrace.Engine.Topics;

/// <summary>Turns a lane's rows into records of a topic: key, value, partition, timestamp. What it made is good until
/// its next call.</summary>
internal sealed class TopicWriter
{
    private readonly TopicSpec spec;
    private readonly JsonRowEncoder encoder;
    private readonly int timeColumn;
    private readonly ByteBuffer values = new();
    private byte[] keyBuffer = [];

    /// <param name="spec">The topic.</param>
    /// <param name="plan">The plan whose rows come: says which column is their event time where the topic has no
    /// watermark.</param>
    public TopicWriter(TopicSpec spec, PlanNode plan)
    {
        this.spec = spec;
        encoder = new JsonRowEncoder(spec.Schema, spec.Encoding);
        timeColumn = spec.Watermark?.Column ?? plan.Fields.ToList().FindIndex(f => f.IsTimeAttribute);
    }

    public OutputRows Output { get; } = new();

    /// <summary>What encoded the values of the last call, if it made some.</summary>
    public JsonRowEncoder? Encoder => Output.HasValues ? encoder : null;

    /// <summary>Takes rows; null for none.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="partitions">Per row its partition, where that is known; null elsewhere.</param>
    /// <param name="withValues">Whether to make their values too.</param>
    /// <param name="before">What encoded just before as many rows of a batch that may share columns with these.</param>
    public void Write(
        FlowBatch? rows, int[]? partitions = null, bool withValues = true, JsonRowEncoder? before = null)
    {
        Output.Count = rows?.Count ?? 0;
        Output.HasValues = withValues && !spec.IsEphemeral;
        if (rows is null)
        {
            return;
        }

        Output.EnsureCapacity(rows.Count);
        WriteKeys(rows);
        if (partitions is null)
        {
            WritePartitions(rows.Count, rows.Rows.Positions);
        }
        else
        {
            partitions.AsSpan(0, rows.Count).CopyTo(Output.Partitions);
        }

        WriteTimes(rows);
        Output.Positions = rows.Rows.Positions;
        if (Output.HasValues)
        {
            values.Clear();
            encoder.Encode(rows.Rows, 0, rows.Count, values, Output.ValueStarts, before);
            Output.Values = values.Data;
        }
    }

    private void WriteKeys(FlowBatch rows)
    {
        ColumnVector? column = spec.KeyColumn < 0 ? null : rows.Rows.Columns[spec.KeyColumn];
        if (column is BytesVector texts)
        {
            Output.Keys = texts.Data;
            texts.Starts.AsSpan(0, rows.Count).CopyTo(Output.KeyStarts);
            texts.Lengths.AsSpan(0, rows.Count).CopyTo(Output.KeyLengths);
        }
        else if (column is not null)
        {
            WriteFixedKeys(column, rows.Count);
        }

        for (int row = 0; row < rows.Count && column?.HasNulls != false; row++)
        {
            if (column is null || column.IsNull(row))
            {
                (Output.KeyStarts[row], Output.KeyLengths[row]) = (0, -1);
            }
        }
    }

    private void WriteFixedKeys(ColumnVector column, int count)
    {
        int needed = count * RawKey.MaxFixedLength;
        keyBuffer = keyBuffer.Length < needed ? new byte[needed] : keyBuffer;
        for (int row = 0; row < count; row++)
        {
            int start = row * RawKey.MaxFixedLength;
            Output.KeyStarts[row] = start;
            Output.KeyLengths[row] = RawKey.Of(column, row, keyBuffer.AsSpan(start)).Length;
        }

        Output.Keys = keyBuffer;
    }

    private void WritePartitions(int count, long[] positions)
    {
        int[] partitions = Output.Partitions;
        for (int row = 0; row < count; row++)
        {
            partitions[row] = Output.KeyLengths[row] >= 0
                ? Murmur2.Partition(Output.Key(row), spec.Partitions)
                : (int)((ulong)positions[row] % (ulong)spec.Partitions);
        }
    }

    private void WriteTimes(FlowBatch rows)
    {
        FixedVector<long>? times = timeColumn < 0 ? null : (FixedVector<long>)rows.Rows.Columns[timeColumn];
        if (times is { HasNulls: false })
        {
            times.Values.AsSpan(0, rows.Count).CopyTo(Output.Timestamps);
            return;
        }

        long[]? windows = rows.Times;
        for (int row = 0; row < rows.Count; row++)
        {
            long windowTime = windows is null ? 0 : windows[row];
            Output.Timestamps[row] = times is null || times.IsNull(row) ? windowTime : times.Values[row];
        }
    }
}
