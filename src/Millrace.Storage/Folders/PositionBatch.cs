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
    /// <remarks>
    /// They lie here as they lie there, with what the batch has between them: one copy is sooner done than many.
    /// </remarks>
    internal int AddRun(SourceRecords source, PartitionReader reader, int most, int maxBytes)
    {
        int from = reader.Slices.KeyStart;
        int shift = BufferLength - from;
        int added = 0;
        int end;
        do
        {
            end = reader.Slices.ValueStart + Math.Max(reader.Slices.ValueLength, 0);
            source.Add(NextPosition + added, reader, shift);
            added++;
        }
        while (added < most && end + shift < maxBytes && reader.TryFollow());

        Append(reader.Buffer.AsSpan(from, end - from));
        NextPosition += added;
        return added;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - BufferLength < bytes.Length)
        {
            int size = checked(Math.Max(BufferLength + bytes.Length, Math.Max(2 * buffer.Length, 64 << 10)));
            Array.Resize(ref buffer, size);
        }

        bytes.CopyTo(buffer.AsSpan(BufferLength));
        BufferLength += bytes.Length;
    }
}
