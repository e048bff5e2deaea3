using System.Text.Json;
using Millrace.Bench.Shop;
using Millrace.Engine;
using Millrace.Hosting.Running;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// The reference: the platform's JSON reader over the log's values, which lie in memory. It finds the tokens and keeps
/// nothing. The few malformed values are left out: it would throw.
/// </summary>
internal sealed class TokenPass
{
    private const int ChunkBytes = 16 << 20;
    private readonly List<byte[]> chunks = [];
    private readonly List<(int Chunk, int Start, int Length)> values = [];
    private int used = ChunkBytes;

    public TokenPass(ShopLog log)
    {
        using DataFolder data = DataFolder.OpenReadOnly(new PosixDisk(), log.Folder.Path);
        StepFeed feed = log.OpenFeed(data);
        while (feed.TryFill(ReadPass.Records))
        {
            foreach (TopicRecords records in feed.Input.Sources)
            {
                Add(records);
            }
        }
    }

    public long Bytes { get; private set; }

    public long Run()
    {
        long tokens = 0;
        foreach ((int chunk, int start, int length) in values)
        {
            tokens += Tokens(chunks[chunk].AsSpan(start, length));
        }

        return tokens;
    }

    private static long Tokens(ReadOnlySpan<byte> value)
    {
        long tokens = 0;
        Utf8JsonReader reader = new(value);
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private static bool IsWhole(ReadOnlySpan<byte> value)
    {
        try
        {
            return Tokens(value) > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Add(TopicRecords records)
    {
        for (int i = 0; i < records.Count; i++)
        {
            ReadOnlySpan<byte> value = records.Buffer.AsSpan(records.Starts[i], records.Lengths[i]);
            Bytes += value.Length;
            if (!IsWhole(value))
            {
                continue;
            }

            if (ChunkBytes - used < value.Length)
            {
                chunks.Add(new byte[ChunkBytes]);
                used = 0;
            }

            value.CopyTo(chunks[^1].AsSpan(used));
            values.Add((chunks.Count - 1, used, value.Length));
            used += value.Length;
        }
    }
}
