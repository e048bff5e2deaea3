using System.Buffers;
using System.Text;
using System.Text.Json;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Replaying;

/// <summary>
/// Which rows of a <c>$bad</c> topic have been posted again. The truth is in the source's topic: a replayed record
/// carries a header that names the row, so both are committed at once. The file <c>replays/topic.json</c> holds what
/// was read there so far, <c>{"read": [end by partition], "replayed": [[first, last]]}</c>. It is written before the
/// first record is posted: without a file nothing has been.
/// </summary>
internal sealed class ReplayJournal
{
    /// <summary>The name of the header; its value is <c>topic/offset</c>.</summary>
    public static readonly byte[] HeaderName = "millrace.replayed"u8.ToArray();

    private readonly IDisk disk;
    private readonly string path;
    private readonly string bad;
    private readonly TopicLog source;
    private readonly long[] read;

    /// <param name="disk">Where the data folder is.</param>
    /// <param name="dataFolder">Its path.</param>
    /// <param name="bad">The topic whose rows are posted.</param>
    /// <param name="source">The topic into which.</param>
    public ReplayJournal(IDisk disk, string dataFolder, string bad, TopicLog source)
    {
        this.disk = disk;
        this.bad = bad;
        this.source = source;
        path = $"{dataFolder}/replays/{bad}.json";
        read = [.. source.Partitions.Select(p => p.CommittedEnd)];
        if (disk.FileExists(path))
        {
            Load();
        }
    }

    public OffsetRanges Replayed { get; } = new();

    /// <summary>
    /// Whether the source's topic has dropped records that were never looked at: then some may have been replayed.
    /// </summary>
    public bool HasForgotten => source.Partitions.Any(p => p.StartOffset > read[p.Partition]);

    public static RecordHeader HeaderOf(string bad, long offset) =>
        new(HeaderName, Encoding.UTF8.GetBytes($"{bad}/{offset}"));

    /// <summary>Reads what the source's topic has got since, and writes the file if it should.</summary>
    public void Update(bool isSaved)
    {
        foreach (PartitionLog partition in source.Partitions)
        {
            PartitionReader reader = partition.OpenReader(Math.Max(partition.StartOffset, read[partition.Partition]));
            while (reader.MoveNext())
            {
                read[partition.Partition] = reader.Offset + 1;
                foreach (RecordHeader header in reader.ReadHeaders())
                {
                    Note(header);
                }
            }
        }

        if (isSaved)
        {
            Save();
        }
    }

    private void Note(RecordHeader header)
    {
        if (!header.Name.Span.SequenceEqual(HeaderName) || header.Value is not { } value)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(value.Span);
        int slash = text.LastIndexOf('/');
        if (slash >= 0 && text[..slash] == bad && long.TryParse(text.AsSpan(slash + 1), out long offset))
        {
            Replayed.Add(offset);
        }
    }

    private void Load()
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(SealedFile.Read(disk, path));
            int partition = 0;
            foreach (JsonElement end in json.RootElement.GetProperty("read").EnumerateArray())
            {
                read[partition++] = end.GetInt64();
            }

            foreach (JsonElement range in json.RootElement.GetProperty("replayed").EnumerateArray())
            {
                Replayed.Add(range[0].GetInt64(), range[1].GetInt64());
            }
        }
        catch (Exception e) when (e is DamageFault or JsonException)
        {
            // All that it knew stands in the headers of the records that were posted.
            Array.Clear(read);
        }
    }

    private void Save()
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("read");
            foreach (long end in read)
            {
                json.WriteNumberValue(end);
            }

            json.WriteEndArray();
            json.WriteStartArray("replayed");
            foreach ((long first, long last) in Replayed.Ranges)
            {
                json.WriteStartArray();
                json.WriteNumberValue(first);
                json.WriteNumberValue(last);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        string directory = path[..path.LastIndexOf('/')];
        disk.CreateDirectory(directory);
        SealedFile.Write(disk, path, bytes.WrittenSpan);

        // A folder that a loss of power takes back would look as if nothing had been posted.
        disk.SyncDirectory(directory[..directory.LastIndexOf('/')]);
    }
}
