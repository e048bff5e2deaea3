using System.Text;

namespace Millrace.Oracle.Evaluation;

/// <summary>
/// The watermark of a keyed topic before each of its records: per partition the greatest time seen less the delay; over
/// partitions the least, of those that have had a record; and never back.
/// </summary>
public static class TopicWatermarks
{
    public static Dictionary<long, DateTime> Before(IEnumerable<ShopEvent> events, int partitions, TimeSpan delay)
    {
        Dictionary<long, DateTime> before = [];
        Dictionary<int, DateTime> greatest = [];
        DateTime combined = DateTime.MinValue;
        foreach (ShopEvent e in events)
        {
            before[e.Position] = combined;
            if (e.Time is { } time)
            {
                int partition = Murmur2(Encoding.UTF8.GetBytes(e.SessionId!)) % partitions;
                greatest[partition] = greatest.TryGetValue(partition, out DateTime known)
                    && known > time ? known : time;
                DateTime least = greatest.Values.Min() - delay;
                combined = least > combined ? least : combined;
            }
        }

        return before;
    }

    /// <summary>Kafka's default partitioner: murmur2 of the key with seed 0x9747b28c, made positive.</summary>
    public static int Murmur2(byte[] key)
    {
        const uint M = 0x5bd1e995;
        uint hash = 0x9747b28c ^ (uint)key.Length;
        int at = 0;
        for (; at + 4 <= key.Length; at += 4)
        {
            uint k = BitConverter.ToUInt32(key, at) * M;
            hash = (hash * M) ^ ((k ^ (k >> 24)) * M);
        }

        if (at < key.Length)
        {
            uint rest = 0;
            for (int i = key.Length - 1; i >= at; i--)
            {
                rest = (rest << 8) | key[i];
            }

            hash = (hash ^ rest) * M;
        }

        hash = (hash ^ (hash >> 13)) * M;
        return (int)((hash ^ (hash >> 15)) & 0x7fffffff);
    }
}
