using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// A stretch of the one append order: positions <see cref="FirstPosition"/> up to <see cref="NextPosition"/>, each a
/// record of some source, a tick of the clock, or nothing any more where the record is gone with its topic. Reusable;
/// it stays valid while the reader goes on with another batch.
/// </summary>
public sealed class PositionBatch
{
    private readonly List<SourceRecords> sources = [];
    private readonly List<ClockTick> ticks = [];
    private byte[] buffer = [];

    /// <summary>Keys and values of all records, in order of position.</summary>
    public byte[] Buffer => buffer;

    public int BufferLength { get; private set; }

    public long FirstPosition { get; private set; }

    public long NextPosition { get; private set; }

    /// <summary>Positions: records, ticks, and places of records that are gone.</summary>
    public long Count => NextPosition - FirstPosition;

    public IReadOnlyList<ClockTick> Ticks => ticks;

    /// <summary>The topics seen so far by this batch; some may have no record in it now.</summary>
    public IReadOnlyList<SourceRecords> Sources => sources;

    /// <summary>The records of a topic in this batch, or null when it had none in it ever.</summary>
    public SourceRecords? Of(TopicLog topic) => sources.Find(source => source.Topic == topic);

    internal void Clear(long firstPosition)
    {
        FirstPosition = NextPosition = firstPosition;
        BufferLength = 0;
        ticks.Clear();
        foreach (SourceRecords source in sources)
        {
            source.Clear();
        }
    }

    internal void AddTick(long position, long clockMs)
    {
        ticks.Add(new ClockTick(position, clockMs));
        NextPosition = position + 1;
    }

    /// <summary>Passes over positions whose records are gone.</summary>
    internal void Skip(long positions) => NextPosition += positions;

    internal SourceRecords SourceOf(TopicLog topic)
    {
        foreach (SourceRecords source in sources)
        {
            if (source.Topic == topic)
            {
                return source;
            }
        }

        SourceRecords added = new(topic);
        sources.Add(added);
        return added;
    }

    /// <summary>
    /// Copies the reader's record behind the others, and those that follow it in its batch: at most so many, until the
    /// buffer holds so many bytes. Returns how many, at least one.
    /// </summary>
    internal int AddRun(SourceRecords source, PartitionReader reader, int most, int maxBytes)
    {
        int added = 0;
        do
        {
            ref readonly Records.RecordSlices slices = ref reader.Slices;
            int length = slices.ValueStart + Math.Max(slices.ValueLength, 0) - slices.KeyStart;
            if (buffer.Length - BufferLength < length)
            {
                int size = checked(Math.Max(BufferLength + length, Math.Max(2 * buffer.Length, 64 << 10)));
                Array.Resize(ref buffer, size);
            }

            reader.Buffer.AsSpan(slices.KeyStart, length).CopyTo(buffer.AsSpan(BufferLength));
            source.Add(NextPosition + added, reader.Partition, reader, BufferLength);
            BufferLength += length;
            added++;
        }
        while (added < most && BufferLength < maxBytes && reader.TryFollow());

        NextPosition += added;
        return added;
    }
}
