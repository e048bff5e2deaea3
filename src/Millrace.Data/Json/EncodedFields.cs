namespace Millrace.Data.Json;

/// <summary>
/// Where the fields of the rows lie that an encoder wrote last, for another one that has some of them in common. Noted
/// only once somebody has asked.
/// </summary>
internal sealed class EncodedFields(int columns)
{
    private readonly int stride = columns + 1;
    private int[] starts = [];

    /// <summary>Whether to note the next rows' fields.</summary>
    public bool AreWanted { get; set; }

    /// <summary>Whether those of the last call were noted.</summary>
    public bool AreNoted { get; private set; }

    /// <summary>What the places are places in.</summary>
    public byte[] Bytes { get; private set; } = [];

    public void Begin(int rows)
    {
        AreNoted = AreWanted;
        if (AreNoted && starts.Length < rows * stride)
        {
            starts = new int[Math.Max(rows * stride, starts.Length * 2)];
        }
    }

    public void End(byte[] bytes) => Bytes = bytes;

    /// <summary>Where each field of a row begins, its comma included, and where the last ends; empty while nobody asks.
    /// </summary>
    public Span<int> Of(int row) => AreNoted ? starts.AsSpan(row * stride, stride) : default;
}
