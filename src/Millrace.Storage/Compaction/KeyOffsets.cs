using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Millrace.Storage.Compaction;

/// <summary>
/// The last offset of each key in the stretch that is being compacted. Keys are known by the first 128 bits of their
/// SHA-256, so memory does not depend on their length and nobody can make two of them meet.
/// </summary>
/// <param name="capacity">Keys that it takes; about 50 bytes each.</param>
internal sealed class KeyOffsets(int capacity)
{
    private readonly Dictionary<UInt128, long> offsets = [];

    /// <summary>Notes a key's offset, greater than those before; false when it is full.</summary>
    public bool TryPut(ReadOnlySpan<byte> key, long offset)
    {
        UInt128 hash = Hash(key);
        if (offsets.Count >= capacity && !offsets.ContainsKey(hash))
        {
            return false;
        }

        offsets[hash] = offset;
        return true;
    }

    /// <summary>True when a greater offset than this has the key.</summary>
    public bool IsSuperseded(ReadOnlySpan<byte> key, long offset) =>
        offsets.TryGetValue(Hash(key), out long last) && last > offset;

    private static UInt128 Hash(ReadOnlySpan<byte> key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
