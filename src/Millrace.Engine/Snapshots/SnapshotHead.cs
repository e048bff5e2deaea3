namespace Millrace.Engine.Snapshots;

/// <summary>The first block of a snapshot, taken apart; what topics, models and parts wrote stays bytes.</summary>
internal sealed class SnapshotHead
{
    /// <summary>What a head begins with; the last byte is the version of the head's own form.</summary>
    public const uint Magic = 0x3153524D;

    public bool IsFull { get; private init; }

    public long Position { get; private init; }

    public Dictionary<string, byte[]> Topics { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Models { get; } = new(StringComparer.Ordinal);

    /// <summary>By number.</summary>
    public List<SavedPart> Parts { get; } = [];

    public static SnapshotHead Read(SnapshotReader block)
    {
        if (block.Fixed<uint>() != Magic)
        {
            throw new SnapshotDamagedException("the snapshot is of another version of the program");
        }

        SnapshotHead head = new() { IsFull = block.Flag(), Position = block.Time() };
        ReadNamed(ref block, head.Topics);
        ReadNamed(ref block, head.Models);
        for (int left = block.Count(); left > 0; left--)
        {
            head.Parts.Add(new SavedPart(
                block.Flag(),
                block.Text(),
                block.Text(),
                block.Count(leastBytes: 0),
                block.Text(),
                block.Section().Rest.ToArray()));
        }

        return head;
    }

    private static void ReadNamed(ref SnapshotReader block, Dictionary<string, byte[]> target)
    {
        for (int left = block.Count(); left > 0; left--)
        {
            string name = block.Text();
            target[name] = block.Section().Rest.ToArray();
        }
    }
}

/// <summary>A part that a snapshot has.</summary>
/// <param name="IsSource">Whether it is a source's.</param>
/// <param name="Owner">The model or source.</param>
/// <param name="Name">Its name within that.</param>
/// <param name="FormatVersion">The version of what it wrote.</param>
/// <param name="Signature">What its form depends on.</param>
/// <param name="Head">What it wrote to the head.</param>
internal sealed record SavedPart(
    bool IsSource, string Owner, string Name, int FormatVersion, string Signature, byte[] Head);
