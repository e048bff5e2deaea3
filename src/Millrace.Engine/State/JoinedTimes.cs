namespace Millrace.Engine.State;

/// <summary>
/// Per number the greatest time at which a left row met it, kept by each lane for itself so that lanes don't share
/// memory they write.
/// </summary>
internal sealed class JoinedTimes
{
    private readonly long[][] latest;

    public JoinedTimes(int lanes)
    {
        latest = [.. Enumerable.Range(0, lanes).Select(_ => new long[16])];
    }

    public long StateBytes => latest.Sum(l => l.LongLength * sizeof(long));

    /// <summary>Makes room for a number, which nobody has met.</summary>
    public void Begin(int number)
    {
        for (int lane = 0; lane < latest.Length; lane++)
        {
            if (latest[lane].Length <= number)
            {
                Array.Resize(ref latest[lane], Math.Max(number + 1, latest[lane].Length * 2));
            }

            latest[lane][number] = long.MinValue;
        }
    }

    public void Record(int lane, int number, long time)
    {
        ref long known = ref latest[lane][number];
        known = Math.Max(known, time);
    }

    /// <summary>The greatest time over all lanes; <see cref="long.MinValue"/> when nobody met it.</summary>
    public long Latest(int number)
    {
        long greatest = long.MinValue;
        foreach (long[] lane in latest)
        {
            greatest = Math.Max(greatest, lane[number]);
        }

        return greatest;
    }

    /// <summary>What met one number counts for another from now on.</summary>
    public void Merge(int from, int into)
    {
        for (int lane = 0; lane < latest.Length; lane++)
        {
            latest[lane][into] = Math.Max(latest[lane][into], latest[lane][from]);
        }
    }
}
