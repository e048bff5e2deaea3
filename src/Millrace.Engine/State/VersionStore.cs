using Millrace.Data;

namespace Millrace.Engine.State;

/// <summary>
/// The versions of a versioned table: per key a chain of versions, newest time first, and among equal times the one
/// appended last first. A version is a row of the table or a deletion. Rows are kept in columns, and only the columns
/// that a query needs. Written by one thread between look-ups; look-ups by any number of lanes at once.
/// </summary>
internal sealed class VersionStore
{
    private const int None = -1;

    private readonly KeyTable keys = new();
    private readonly VersionRows rows;
    private readonly JoinedTimes joinedTo;
    private readonly JoinedTimes joinedNothing;
    private readonly List<int> addedInRound = [];
    private readonly List<int> overwrittenIn = [];
    private int[] newest = new int[16];
    private long[] latest = new long[16];
    private Version[] versions = new Version[16];
    private int free = None;
    private int allocated;

    /// <param name="schema">The table's columns.</param>
    /// <param name="needed">Which of them to keep.</param>
    /// <param name="lanes">How many workers look up.</param>
    public VersionStore(Schema schema, bool[] needed, int lanes)
    {
        rows = new VersionRows(schema, needed);
        joinedTo = new JoinedTimes(lanes);
        joinedNothing = new JoinedTimes(lanes);
    }

    /// <summary>How many versions there are, deletions included.</summary>
    public long Count { get; private set; }

    /// <summary>How many versions came with a time at which a left row had already been joined.</summary>
    public long LateCount { get; private set; }

    public long StateBytes =>
        keys.StateBytes + rows.StateBytes + (versions.LongLength * 32) + joinedTo.StateBytes + joinedNothing.StateBytes;

    /// <summary>The kept columns of all versions; entries that are not kept are empty.</summary>
    public ColumnVector[] Columns => rows.Columns;

    public void Prefetch(ulong hash) => keys.Prefetch(hash);

    /// <summary>Takes note of a row's time; false when the key has had a row with a later one.</summary>
    public bool TryAdvance(ulong hash, ReadOnlySpan<byte> key, long time)
    {
        // First the number: it may make the array grow.
        int number = Number(hash, key);
        ref long known = ref latest[number];
        bool isLatest = time >= known;
        known = Math.Max(known, time);
        return isLatest;
    }

    /// <summary>Adds row <paramref name="row"/> of the batch as a version, or a deletion when
    /// <paramref name="isDeletion"/>.</summary>
    public void Add(
        ulong hash, ReadOnlySpan<byte> key, long time, long position, bool isDeletion, Batch batch, int row)
    {
        int number = Number(hash, key);
        int after = None;
        int before = newest[number];
        while (before != None && versions[before].Time > time)
        {
            after = before;
            before = versions[before].Older;
        }

        bool isLate = before == None ? joinedNothing.Latest(number) >= time : joinedTo.Latest(before) >= time;
        int added = Allocate();
        versions[added] = new Version
        {
            Time = time,
            Position = position,
            Row = isDeletion ? None : rows.Add(batch, row),
            Older = before,
            IsLate = isLate,
        };
        (after == None ? ref newest[number] : ref versions[after].Older) = added;
        addedInRound.Add(added);
        if (before != None && versions[before].Time == time)
        {
            overwrittenIn.Add(number);
        }
    }

    /// <summary>Takes the newest version of a key back at its own time: a deletion takes its place for what comes
    /// later.</summary>
    public void Retract(ulong hash, ReadOnlySpan<byte> key, long position, Batch batch, int row)
    {
        int number = keys.Find(hash, key);
        if (number >= 0 && newest[number] is var latest && latest != None && versions[latest].Row != None)
        {
            Add(hash, key, versions[latest].Time, position, isDeletion: true, batch, row);
        }
    }

    /// <summary>
    /// The row in <see cref="Columns"/> of the version that a left row meets: the greatest time not after its own,
    /// appended not behind it; -1 when there is none or it is a deletion.
    /// </summary>
    public int Find(ulong hash, ReadOnlySpan<byte> key, long time, long position, int lane)
    {
        int number = keys.Find(hash, key);
        if (number < 0)
        {
            return None;
        }

        int at = newest[number];
        while (at != None)
        {
            ref Version version = ref versions[at];
            if (version.Time <= time)
            {
                if (version.Position <= position)
                {
                    joinedTo.Record(lane, at, time);
                    return version.Row;
                }

                // It would have been the answer had it been appended in time. Lanes only ever write true.
                version.IsLate = true;
            }

            at = version.Older;
        }

        joinedNothing.Record(lane, number, time);
        return None;
    }

    /// <summary>
    /// Ends a round: nobody reads the columns of this round any more, and nothing to come lies before it. Versions
    /// that another one of the same time has overwritten go.
    /// </summary>
    public void EndRound()
    {
        foreach (int version in addedInRound)
        {
            LateCount += versions[version].IsLate ? 1 : 0;
            versions[version].IsLate = false;
        }

        addedInRound.Clear();
        foreach (int number in overwrittenIn)
        {
            RemoveOverwritten(newest[number]);
        }

        overwrittenIn.Clear();
        if (rows.IsMostlyGarbage)
        {
            rows.Compact(versions.AsSpan(0, allocated));
        }
    }

    private int Number(ulong hash, ReadOnlySpan<byte> key)
    {
        int count = keys.Count;
        int number = keys.FindOrAdd(hash, key);
        if (number == count)
        {
            if (newest.Length <= number)
            {
                Array.Resize(ref newest, newest.Length * 2);
                Array.Resize(ref latest, newest.Length);
            }

            newest[number] = None;
            latest[number] = long.MinValue;
            joinedNothing.Begin(number);
        }

        return number;
    }

    private void RemoveOverwritten(int at)
    {
        while (at != None)
        {
            int older = versions[at].Older;
            if (older != None && versions[older].Time == versions[at].Time)
            {
                joinedTo.Merge(older, at);
                versions[at].Older = versions[older].Older;
                Release(older);
            }
            else
            {
                at = older;
            }
        }
    }

    private int Allocate()
    {
        Count++;
        int version = free;
        if (version != None)
        {
            free = versions[version].Older;
        }
        else
        {
            version = allocated++;
            if (version == versions.Length)
            {
                Array.Resize(ref versions, versions.Length * 2);
            }
        }

        joinedTo.Begin(version);
        return version;
    }

    private void Release(int version)
    {
        rows.Remove(versions[version].Row);
        versions[version] = new Version { Row = None, Older = free };
        free = version;
        Count--;
    }
}
