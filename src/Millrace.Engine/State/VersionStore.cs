using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Snapshots;

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
    private readonly VersionRowsFormat format;
    private readonly JoinedTimes joinedTo;
    private readonly JoinedTimes joinedNothing;
    private readonly List<int> addedInRound = [];
    private readonly List<int> overwrittenIn = [];
    private int[] newest = new int[16];
    private long[] latest = new long[16];
    private long[] firstPositions = new long[16];
    private Version[] versions = new Version[16];
    private int free = None;
    private int allocated;

    /// <param name="schema">The table's columns.</param>
    /// <param name="needed">Which of them to keep.</param>
    /// <param name="lanes">How many workers look up.</param>
    public VersionStore(Schema schema, bool[] needed, int lanes)
    {
        rows = new VersionRows(schema, needed);
        format = new VersionRowsFormat(schema, needed);
        Saver = new VersionSaver(this);
        joinedTo = new JoinedTimes(lanes);
        joinedNothing = new JoinedTimes(lanes);
    }

    /// <summary>How many versions there are, deletions included.</summary>
    public long Count { get; private set; }

    /// <summary>How many keys there are, those of deleted rows included: they are numbered from 0.</summary>
    public int KeyCount => keys.Count;

    /// <summary>Writes the store to snapshots.</summary>
    public VersionSaver Saver { get; }

    /// <summary>How the columns of its rows stand in snapshots.</summary>
    public VersionRowsFormat Format => format;

    /// <summary>How many versions came with a time at which a left row had already been joined. Nobody remembers the
    /// rows that came before their key was known at all, so a key's first version is never late.</summary>
    public long LateCount { get; set; }

    public long StateBytes =>
        keys.StateBytes + rows.StateBytes + (versions.LongLength * 32) + joinedTo.StateBytes + joinedNothing.StateBytes
        + Saver.StateBytes;

    /// <summary>The kept columns of all versions; entries that are not kept are empty.</summary>
    public ColumnVector[] Columns => rows.Columns;

    /// <summary>Whether there are so many keys that a look-up does better to fetch ahead.</summary>
    public bool IsLarge => keys.IsLarge;

    /// <summary>
    /// Brings what a look-up of a hash reads into the cache, in three turns, each when the one before has had time:
    /// first the slot, then what it names.
    /// </summary>
    public void Prefetch(ulong hash) => keys.Prefetch(hash);

    /// <summary>The second turn: the key's entry.</summary>
    public void PrefetchEntry(ulong hash) => keys.PrefetchEntry(hash);

    /// <summary>The third turn: the key's bytes and its newest version.</summary>
    public unsafe void PrefetchVersion(ulong hash)
    {
        int number = keys.PrefetchKey(hash);
        if (Sse.IsSupported && (uint)number < (uint)newest.Length && newest[number] is >= 0 and var version)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref versions[version]));
        }
    }

    /// <summary>Takes note of a row's time; false when the key has had a row with a later one.</summary>
    public bool TryAdvance(ulong hash, ReadOnlySpan<byte> key, long time, long position)
    {
        // First the number: it may make the array grow.
        int number = Number(hash, key, position);
        ref long known = ref latest[number];
        bool isLatest = time >= known;
        if (time > known)
        {
            Saver.Touch(number);
            known = time;
        }

        return isLatest;
    }

    /// <summary>Adds row <paramref name="row"/> of the batch as a version, or a deletion when
    /// <paramref name="isDeletion"/>.</summary>
    public void Add(
        ulong hash, ReadOnlySpan<byte> key, long time, long position, bool isDeletion, Batch batch, int row)
    {
        int number = Number(hash, key, position);
        Saver.Touch(number);
        int after = None;
        int before = newest[number];
        while (before != None && versions[before].Time > time)
        {
            after = before;
            before = versions[before].Older;
        }

        // Left rows that were answered with what is older, though they are not: with this one they must be counted when
        // another version comes behind it.
        long answered = before == None ? joinedNothing.Latest(number) : joinedTo.Latest(before);
        bool isLate = answered >= time;
        int added = Allocate();
        if (isLate)
        {
            joinedTo.Load(added, answered);
        }

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

                if (position < firstPositions[number])
                {
                    return None;
                }

                // It would have been the answer had it been appended in time. Lanes only ever write true.
                version.IsLate = true;
                joinedTo.Record(lane, at, time);
            }

            at = version.Older;
        }

        if (position >= firstPositions[number])
        {
            joinedNothing.Record(lane, number, time);
        }

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

    /// <summary>Begins to write the store, between rounds.</summary>
    public void BeginSnapshot(int part, bool isFull)
    {
        joinedTo.BeginSnapshot();
        joinedNothing.BeginSnapshot();
        Saver.Begin(part, isFull);
    }

    /// <summary>Takes the times at which left rows had met a key when the snapshot began; whether any had moved since
    /// the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool SettleJoined(int number)
    {
        bool moved = joinedNothing.Settle(number);
        for (int at = newest[number]; at != None; at = versions[at].Older)
        {
            moved |= joinedTo.Settle(at);
        }

        return moved;
    }

    /// <summary>Writes keys with all their versions; their joined times have been settled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Save(List<int> numbers, SnapshotWriter target)
    {
        target.Count(numbers.Count);
        List<int> saved = [];
        foreach (int number in numbers)
        {
            target.Bytes(keys.Key(number));
            target.Time(latest[number]);
            target.Time(joinedNothing.Settled(number));
            for (int at = newest[number]; at != None; at = versions[at].Older)
            {
                ref readonly Version version = ref versions[at];
                target.Byte(version.Row == None ? (byte)1 : (byte)2);
                target.Signed(version.Time);
                target.Signed(version.Position);
                target.Time(joinedTo.Settled(at));
                if (version.Row != None)
                {
                    saved.Add(version.Row);
                }
            }

            target.Byte(0);
        }

        format.Save(rows.Columns, [.. saved], target);
    }

    /// <summary>Takes keys from a snapshot; what they were before is forgotten.</summary>
    public void Load(ref SnapshotReader source)
    {
        List<int> loaded = [];
        for (int left = source.Count(); left > 0; left--)
        {
            ReadOnlySpan<byte> key = source.Bytes();
            int number = Number(Hash64.Of(key), key, long.MinValue);
            ReleaseAll(number);
            latest[number] = source.Time();
            joinedNothing.Load(number, source.Time());
            LoadChain(number, ref source, loaded);
        }

        Batch batch = format.Load(loaded.Count, ref source);
        for (int i = 0; i < loaded.Count; i++)
        {
            versions[loaded[i]].Row = rows.Add(batch, i);
        }

        if (rows.IsMostlyGarbage)
        {
            rows.Compact(versions.AsSpan(0, allocated));
        }
    }

    private void LoadChain(int number, ref SnapshotReader source, List<int> loaded)
    {
        int after = None;
        for (byte kind = source.Byte(); kind != 0; kind = source.Byte())
        {
            int added = Allocate();
            versions[added] = new Version
            {
                Time = source.Signed(),
                Position = source.Signed(),
                Row = None,
                Older = None,
            };
            joinedTo.Load(added, source.Time());
            (after == None ? ref newest[number] : ref versions[after].Older) = added;
            after = added;
            if (kind == 2)
            {
                loaded.Add(added);
            }
        }
    }

    private void ReleaseAll(int number)
    {
        for (int at = newest[number]; at != None;)
        {
            int older = versions[at].Older;
            Release(at);
            at = older;
        }

        newest[number] = None;
    }

    private int Number(ulong hash, ReadOnlySpan<byte> key, long position)
    {
        int count = keys.Count;
        int number = keys.FindOrAdd(hash, key);
        if (number == count)
        {
            if (newest.Length <= number)
            {
                Array.Resize(ref newest, newest.Length * 2);
                Array.Resize(ref latest, newest.Length);
                Array.Resize(ref firstPositions, newest.Length);
            }

            newest[number] = None;
            latest[number] = long.MinValue;
            firstPositions[number] = position;
            joinedNothing.Begin(number);
            Saver.Add(number);
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
