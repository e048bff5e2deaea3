using System.Runtime.CompilerServices;

namespace Millrace.Storage.Records;

/// <summary>
/// Bytes that may be absent: a record's key or value, where null (no key, a tombstone) and empty differ.
/// <c>default</c> is null; a span converts to bytes that are there, however few.
/// </summary>
public readonly ref struct NullableBytes
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool present;

    public NullableBytes(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        present = true;
    }

    public static NullableBytes Null => default;

    public bool IsNull => !present;

    /// <summary>The bytes; empty when null.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Length as Kafka writes it: -1 for null.</summary>
    internal int EncodedLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => present ? bytes.Length : -1;
    }

    public static implicit operator NullableBytes(ReadOnlySpan<byte> bytes) => new(bytes);

    public static implicit operator NullableBytes(Span<byte> bytes) => new(bytes);

    public static implicit operator NullableBytes(byte[]? bytes) => bytes is null ? default : new(bytes);
}
