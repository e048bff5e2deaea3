using System.Buffers.Binary;

namespace Millrace.Storage.Records;

/// <summary>
/// The 32-bit MurmurHash2 with the seed of Kafka's default partitioner, and that partitioner's rule:
/// partition = (hash and 0x7fffffff) mod partitions, for a key that is not null.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    public static int Hash(ReadOnlySpan<byte> key)
    {
        uint hash = Seed ^ (uint)key.Length;
        while (key.Length >= 4)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(key) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier);
            key = key[4..];
        }

        for (int i = key.Length - 1; i >= 0; i--)
        {
            hash ^= (uint)key[i] << (8 * i);
        }

        hash = key.Length > 0 ? hash * Multiplier : hash;
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>The partition of a key; an empty key is a key.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & 0x7fffffff) % partitions;
}
