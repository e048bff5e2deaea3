using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Engine.Flow;

namespace Millrace.Engine.Topics;

/// <summary>
/// Turns a lane's part of a source's records into a slice of rows: only the columns that somebody reads. Records that
/// are no row are reported; a null value is a deletion in a versioned topic and nothing elsewhere.
/// </summary>
internal sealed class TopicDecoder
{
    private readonly TopicSpec spec;
    private readonly int topic;
    private readonly JsonRowDecoder decoder;
    private readonly int timeColumn;
    private readonly Batch rows;
    private readonly Batch wanted;
    private readonly TombstoneMerger? tombstones;
    private int tombstoneCount;

    /// <param name="spec">The topic.</param>
    /// <param name="topic">Its index.</param>
    /// <param name="needed">Which columns are read.</param>
    public TopicDecoder(TopicSpec spec, int topic, bool[] needed)
    {
        this.spec = spec;
        this.topic = topic;
        int[] columns = [.. Enumerable.Range(0, needed.Length).Where(c => needed[c])];
        decoder = new JsonRowDecoder(spec.Schema, columns, spec.Json);
        timeColumn = Array.IndexOf(columns, spec.Watermark?.Column ?? spec.Versioning?.TimeColumn ?? -1);
        rows = new Batch(spec.Schema);
        wanted = new Batch(decoder.Schema, [.. columns.Select(c => rows.Columns[c])]);
        tombstones = spec.Versioning is null ? null : new TombstoneMerger(spec, columns);
    }

    /// <summary>Records that were no row, in this round.</summary>
    public List<BadReport> Bad { get; } = [];

    /// <summary>Records that the general parser had to take, since the engine was made.</summary>
    public long Fallbacks => decoder.ParseCounts.Slow;

    /// <summary>In which forms the time column came so far.</summary>
    public TimestampForms TimestampForms { get; private set; }

    /// <summary>Decodes records [from, to) into the slice.</summary>
    public void Decode(TopicRecords records, int from, int to, TopicSlice slice)
    {
        int count = to - from;
        ReadOnlySpan<int> lengths = records.Lengths.AsSpan(from, count);
        ReadOnlySpan<long> positions = records.Positions.AsSpan(from, count);
        decoder.Decode(records.Buffer, records.Starts.AsSpan(from, count), lengths, wanted, positions);
        for (int i = 0; i < decoder.Bad.Count; i++)
        {
            BadRecord bad = decoder.Bad[i];
            int record = from + bad.Record;
            Report(records, record, bad.Code, bad.Message);
        }

        TimestampForms |= timeColumn < 0 ? TimestampForms.None : decoder.TimestampForms(timeColumn);
        rows.Count = wanted.Count;
        rows.Positions = wanted.Positions;
        slice.Records = records;
        slice.Rows = rows;
        slice.EnsureMarks(rows.Count);
        ReadOnlySpan<int> indexes = decoder.Records;
        for (int row = 0; row < indexes.Length; row++)
        {
            slice.RecordIndexes[row] = from + indexes[row];
        }

        if (lengths.IndexOfAnyExceptInRange(0, int.MaxValue) >= 0)
        {
            MergeTombstones(records, from, to, slice);
        }

        Mark(records, slice);
    }

    /// <summary>How many records with a null value there were since the last call.</summary>
    public int TakeTombstones()
    {
        int count = tombstoneCount;
        tombstoneCount = 0;
        return count;
    }

    private void MergeTombstones(TopicRecords records, int from, int to, TopicSlice slice)
    {
        tombstoneCount += records.Lengths.AsSpan(from, to - from).Count(-1);
        tombstones?.Merge(records, from, to, slice, record =>
            Report(records, record, "tombstone.key", $"a null value deletes by key, but this is no key"));
    }

    private static void Mark(TopicRecords records, TopicSlice slice)
    {
        for (int row = 0; row < slice.Rows.Count; row++)
        {
            int record = slice.RecordIndexes[row];
            slice.Partitions[row] = records.Partitions[record];
            slice.Timestamps[row] = records.Timestamps[record];
        }
    }

    private void Report(TopicRecords records, int record, string reason, string message) =>
        Bad.Add(new BadReport(topic, null, records.Positions[record], -1, record, -1, reason, message, null));
}
