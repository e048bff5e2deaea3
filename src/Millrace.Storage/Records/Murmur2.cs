using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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
        int at = 0;
        for (; at <= key.Length - 4; at += 4)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(key[at..]) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier);
        }

        uint mixed = (hash ^ Rest(key, at)) * Multiplier;
        hash = at < key.Length ? mixed : hash;
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return (int)(hash ^ (hash >> 15));
    }

    // The last bytes, fewer than four, as a number: without a jump for how many, where there are four to read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Rest(ReadOnlySpan<byte> key, int at)
    {
        if (key.Length >= 4)
        {
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]);
            return (uint)(last >> (8 * (at + 4 - key.Length)));
        }

        uint rest = 0;
        for (int i = key.Length - 1; i >= 0; i--)
        {
            rest = rest << 8 | key[i];
        }

        return rest;
    }

    /// <summary>The partition of a key; an empty key is a key.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & 0x7fffffff) % partitions;
}
