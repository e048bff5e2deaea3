namespace Millrace.Engine.State;

/// <summary>
/// Per number the greatest time at which a left row met it, kept by each lane for itself so that lanes don't share
/// memory they write. Beside what the lanes have met lately there is what the last snapshot knows, and, while one is
/// being written, what had been met when it began: so lanes pay nothing for snapshots.
/// </summary>
internal sealed class JoinedTimes
{
    private readonly long[][] recent;
    private readonly long[][] pending;
    private long[] settled = new long[16];

    public JoinedTimes(int lanes)
    {
        recent = [.. Enumerable.Range(0, lanes).Select(_ => new long[16])];
        pending = [.. Enumerable.Range(0, lanes).Select(_ => new long[16])];
    }

    public long StateBytes => settled.LongLength * sizeof(long) * (1 + (2 * recent.Length));

    /// <summary>Makes room for a number, which nobody has met.</summary>
    public void Begin(int number)
    {
        if (settled.Length <= number)
        {
            int size = Math.Max(number + 1, settled.Length * 2);
            Array.Resize(ref settled, size);
            for (int lane = 0; lane < recent.Length; lane++)
            {
                Array.Resize(ref recent[lane], size);
                Array.Resize(ref pending[lane], size);
            }
        }

        settled[number] = long.MinValue;
        for (int lane = 0; lane < recent.Length; lane++)
        {
            recent[lane][number] = long.MinValue;
            pending[lane][number] = long.MinValue;
        }
    }

    public void Record(int lane, int number, long time)
    {
        ref long known = ref recent[lane][number];
        known = Math.Max(known, time);
    }

    /// <summary>The greatest time over all lanes; <see cref="long.MinValue"/> when nobody met it.</summary>
    public long Latest(int number)
    {
        long greatest = settled[number];
        for (int lane = 0; lane < recent.Length; lane++)
        {
            greatest = Math.Max(greatest, Math.Max(recent[lane][number], pending[lane][number]));
        }

        return greatest;
    }

    /// <summary>What met one number counts for another from now on.</summary>
    public void Merge(int from, int into)
    {
        settled[into] = Math.Max(settled[into], settled[from]);
        for (int lane = 0; lane < recent.Length; lane++)
        {
            recent[lane][into] = Math.Max(recent[lane][into], recent[lane][from]);
            pending[lane][into] = Math.Max(pending[lane][into], pending[lane][from]);
        }
    }

    /// <summary>Begins a snapshot; <see cref="Settle"/> has been called for all numbers since the last one.</summary>
    public void BeginSnapshot()
    {
        for (int lane = 0; lane < recent.Length; lane++)
        {
            (recent[lane], pending[lane]) = (pending[lane], recent[lane]);
        }
    }

    /// <summary>Takes what had been met when the snapshot began; whether the one before had another time.</summary>
    public bool Settle(int number)
    {
        long time = settled[number];
        for (int lane = 0; lane < pending.Length; lane++)
        {
            time = Math.Max(time, pending[lane][number]);
            pending[lane][number] = long.MinValue;
        }

        bool moved = time != settled[number];
        settled[number] = time;
        return moved;
    }

    /// <summary>The time that the snapshot must have for a number, once it has been settled.</summary>
    public long Settled(int number) => settled[number];

    /// <summary>Gives a number that has just begun a time.</summary>
    public void Load(int number, long time) => settled[number] = time;
}
