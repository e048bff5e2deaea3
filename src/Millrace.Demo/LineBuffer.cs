using System.Runtime.CompilerServices;

namespace Millrace.Demo;

/// <summary>
/// Lines of UTF-8, each ended by a line feed, one behind the other in one array that grows and is used again. Not
/// thread-safe.
/// </summary>
public sealed class LineBuffer
{
    private byte[] data = new byte[4096];

    /// <summary>The array; good up to <see cref="Length"/>, until the next write.</summary>
    public byte[] Data => data;

    public int Length { get; private set; }

    /// <summary>How many lines.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Span => data.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => data.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        Count = 0;
    }

    /// <summary>Room for one more line of at most that many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Reserve(int bytes)
    {
        if (data.Length - Length < bytes)
        {
            Array.Resize(ref data, Math.Max(data.Length * 2, Length + bytes));
        }

        return data.AsSpan(Length);
    }

    /// <summary>Takes what was written into the reserved room as a line.</summary>
    internal void Commit(int bytes)
    {
        data[Length + bytes] = (byte)'\n';
        Length += bytes + 1;
        Count++;
    }
}
