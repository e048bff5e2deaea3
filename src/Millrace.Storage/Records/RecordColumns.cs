namespace Millrace.Storage.Records;

/// <summary>
/// Records without headers in parallel arrays, as who makes many at once has them: keys are slices of one buffer,
/// values lie one behind the other in another.
/// </summary>
public readonly ref struct RecordColumns
{
    /// <summary>Milliseconds since the epoch.</summary>
    public required ReadOnlySpan<long> Timestamps { get; init; }

    /// <summary>The bytes that the keys are slices of.</summary>
    public required ReadOnlySpan<byte> Keys { get; init; }

    public required ReadOnlySpan<int> KeyStarts { get; init; }

    /// <summary>-1 for a record without a key.</summary>
    public required ReadOnlySpan<int> KeyLengths { get; init; }

    /// <summary>The bytes of all values.</summary>
    public required ReadOnlySpan<byte> Values { get; init; }

    /// <summary>Where each value starts; it ends where the next one starts, so there is one entry more.</summary>
    public required ReadOnlySpan<int> ValueStarts { get; init; }

    public NullableBytes Key(int record) => KeyLengths[record] is >= 0 and var length
        ? new NullableBytes(Keys.Slice(KeyStarts[record], length)) : NullableBytes.Null;

    public ReadOnlySpan<byte> Value(int record) => Values[ValueStarts[record]..ValueStarts[record + 1]];
}
