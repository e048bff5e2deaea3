using Millrace.Hosting.Collecting;
using Millrace.Hosting.Running;

namespace Millrace.Hosting.Replaying;

/// <summary>Rows of a <c>$bad</c> topic on their way into the source, as one request.</summary>
/// <param name="topic">The topic's name in the data folder.</param>
internal sealed class ReplayChunk(string topic)
{
    private readonly List<(long Offset, long Timestamp, BadRecord Row, ReadOnlyMemory<byte> Value)> rows = [];

    public int Count => rows.Count;

    /// <summary>Bytes of the values.</summary>
    public int Bytes { get; private set; }

    /// <param name="offset">The row's, in the topic.</param>
    /// <param name="timestamp">The record's, when it first came.</param>
    /// <param name="row">The row.</param>
    /// <param name="value">What is posted.</param>
    public void Add(long offset, long timestamp, BadRecord row, ReadOnlyMemory<byte> value)
    {
        rows.Add((offset, timestamp, row, value));
        Bytes += value.Length;
    }

    /// <summary>
    /// Takes out the rows below a position whose originals can be read by now: whoever was computed from the log up to
    /// there has them. Returns how many they are.
    /// </summary>
    public int RemoveReadable(SourceIntake intake, long belowPosition)
    {
        int before = rows.Count;
        rows.RemoveAll(r => r.Row.Position < belowPosition && IsReadable(intake, r.Row.Original));
        return before - rows.Count;
    }

    private static bool IsReadable(SourceIntake intake, byte[] original)
    {
        List<RejectedRecord> rejected = [];
        intake.Collector.Collect(original, [new BodySlice(0, original.Length)], rejected);
        return rejected.Count == 0;
    }

    /// <summary>
    /// The records that the source's columns can read, each with the header that names its row; the others are listed,
    /// by offset. Rows of versions keep their record's timestamp, from which they hold; others get the present.
    /// </summary>
    public CollectedRecords Collect(SourceIntake intake, List<RejectedRecord> rejected)
    {
        byte[] body = new byte[rows.Sum(r => r.Value.Length)];
        List<BodySlice> slices = [];
        int at = 0;
        foreach ((_, _, _, ReadOnlyMemory<byte> value) in rows)
        {
            value.CopyTo(body.AsMemory(at));
            slices.Add(new BodySlice(at, value.Length));
            at += value.Length;
        }

        List<RejectedRecord> bad = [];
        CollectedRecords all = intake.Collector.Collect(body, slices, bad);
        CollectedRecords good = new(body) { Origins = [] };
        for (int i = 0; i < rows.Count; i++)
        {
            if (bad.Find(b => b.Index == i) is { } problem)
            {
                rejected.Add(problem with { Index = rows[i].Offset });
                continue;
            }

            long? timestamp = intake.Source.IsVersioned ? rows[i].Timestamp : null;
            good.Add(slices[i], all.Key(i), all.HasKey(i));
            good.Origins.Add(new RecordOrigin([ReplayJournal.HeaderOf(topic, rows[i].Offset)], timestamp));
        }

        return good;
    }
}
