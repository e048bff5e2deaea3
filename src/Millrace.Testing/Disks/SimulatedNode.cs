namespace Millrace.Testing.Disks;

/// <summary>The contents of a simulated file: what readers see, what is durable, and the changes in between.</summary>
internal sealed class SimulatedNode
{
    private const int SectorBytes = 512;
    private readonly List<Change> pending = [];
    private byte[] durable = [];
    private byte[] live = [];

    public SimulatedNode()
    {
    }

    private SimulatedNode(byte[] contents) => durable = live = contents;

    public ReadOnlySpan<byte> Live => live;

    public void Write(long position, ReadOnlySpan<byte> data) => Add(new Change(position, data.ToArray()));

    public void Truncate(long length) => Add(new Change(length, null));

    public void Sync()
    {
        foreach (Change change in pending)
        {
            durable = Apply(durable, change);
        }

        pending.Clear();
    }

    /// <summary>
    /// As Linux does: some sectors were written, the rest is lost although readers still see it, and all count as
    /// clean, so a later sync will not write them. Lengths are the journal's and stay unsynced.
    /// </summary>
    public void FailSync(Random random)
    {
        int odds = random.Next(5);
        foreach (Change change in pending.Where(change => change.Data is not null))
        {
            durable = ApplySome(durable, change, random, odds);
        }

        pending.RemoveAll(change => change.Data is not null);
    }

    /// <summary>Flips one bit, behind the back of everyone.</summary>
    public void Flip(long bit)
    {
        live = [.. live];
        live[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        durable = live;
        pending.Clear();
    }

    public SimulatedNode Restart(Survival survival, Random random)
    {
        if (survival == Survival.All)
        {
            SimulatedNode same = new() { live = live, durable = durable };
            same.pending.AddRange(pending);
            return same;
        }

        byte[] contents = durable;
        int odds = random.Next(5);
        foreach (Change change in survival == Survival.None ? [] : pending)
        {
            contents = ApplySome(contents, change, random, odds);
        }

        return new SimulatedNode(contents);
    }

    private static byte[] ApplySome(byte[] contents, Change change, Random random, int odds)
    {
        if (change.Data is null)
        {
            return random.Next(4) < odds ? Apply(contents, change) : contents;
        }

        for (int at = 0; at < change.Data.Length;)
        {
            int size = SectorBytes - (int)((change.Position + at) % SectorBytes);
            byte[] sector = change.Data[at..Math.Min(at + size, change.Data.Length)];
            if (random.Next(4) < odds)
            {
                contents = Apply(contents, new Change(change.Position + at, sector));
            }

            at += size;
        }

        return contents;
    }

    private static byte[] Apply(byte[] contents, Change change)
    {
        long length = change.Data is null
            ? change.Position
            : Math.Max(contents.Length, change.Position + change.Data.Length);
        byte[] result = contents.AsSpan(0, (int)Math.Min(length, contents.Length)).ToArray();
        Array.Resize(ref result, (int)length);
        change.Data?.CopyTo(result, change.Position);
        return result;
    }

    private void Add(Change change)
    {
        live = Apply(live, change);
        pending.Add(change);
    }

    // A write at a position, or a truncation to it.
    private readonly record struct Change(long Position, byte[]? Data);
}
