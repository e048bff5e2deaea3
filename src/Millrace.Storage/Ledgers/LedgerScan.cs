using Millrace.Storage.Disk;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// The first half of recovery: reads the ledger, changes nothing, and finds where its valid entries end and how far it
/// is known to be durable. An invalid entry is a torn tail only if no later entry vouches for it; else it is damage.
/// </summary>
internal sealed class LedgerScan
{
    /// <summary>What to say of a damaged entry: the order cannot be had from anything else.</summary>
    internal const string NoHelp =
        " (the order of inputs after it is lost, and skipping cannot bring it back),";

    private readonly List<LedgerFile> files;
    private readonly int firstFile;

    private LedgerScan(List<LedgerFile> files, bool readOnly)
    {
        this.files = files;
        EndLsn = files[^1].BaseLsn;
        long known = ReadBase(files[^1])!.Value;
        firstFile = files.FindLastIndex(file => file.BaseLsn <= known);

        // The last file's base entry is the sum of all before it, which is all that a reader wants to know.
        firstFile = readOnly ? files.Count - 1 : Math.Max(firstFile, 0);
    }

    public IReadOnlyList<LedgerFile> Files => files;

    /// <summary>Where the valid entries end.</summary>
    public long EndLsn { get; private set; }

    /// <summary>The greatest LSN that a valid entry calls durable.</summary>
    public long DurableLsn { get; private set; }

    /// <summary>Why the valid entries end before they should; null where they do not.</summary>
    public DamageFault? Damage { get; private set; }

    /// <summary>Files whose creation was not finished; to be deleted.</summary>
    public IReadOnlyList<LedgerFile> Unfinished { get; private init; } = [];

    /// <summary>Scans the files of a ledger; null when it has none that is complete.</summary>
    public static LedgerScan? Run(List<LedgerFile> files, bool readOnly, out IReadOnlyList<LedgerFile> unfinished)
    {
        List<LedgerFile> incomplete = [];
        DamageFault? lost = null;
        while (files.Count > 0 && ReadBase(files[^1]) is null)
        {
            if (FindVouching(files[^1], files[^1].BaseLsn, long.MinValue) is not null)
            {
                lost = new DamageFault(
                    files[^1].File.Path, 0, "the base entry of a ledger file is not intact" + NoHelp);
            }

            if (lost is not null && !readOnly)
            {
                throw lost;
            }

            incomplete.Add(files[^1]);
            files.RemoveAt(files.Count - 1);
        }

        unfinished = incomplete;
        if (files.Count == 0)
        {
            return null;
        }

        LedgerScan scan = new(files, readOnly) { Unfinished = incomplete, Damage = lost };
        scan.Walk(long.MaxValue, scan.Note);
        scan.FindDamage();
        return readOnly || scan.Damage is null ? scan : throw scan.Damage;
    }

    // What another process has written since the walk is no damage: then a second one comes further.
    private void FindDamage()
    {
        LedgerFile last = files[^1];
        while (FindVouching(last, EndLsn, EndLsn) is { } witness)
        {
            long end = EndLsn;
            Walk(long.MaxValue, Note);
            if (EndLsn == end)
            {
                Damage ??= new DamageFault(
                    last.File.Path, end - last.BaseLsn,
                    "an entry is not intact that the entry at byte " + (witness - last.BaseLsn) + " calls durable"
                    + NoHelp);
                return;
            }
        }
    }

    /// <summary>A look at one entry; false ends the walk before it.</summary>
    public delegate bool Visitor(LedgerFrame frame);

    /// <summary>Visits the valid entries from the file that holds <see cref="DurableLsn"/> on, below a limit.</summary>
    public void Walk(long limit, Visitor visit)
    {
        LedgerWindow window = new();
        for (int i = firstFile; i < files.Count; i++)
        {
            window.Seek(files[i], files[i].BaseLsn);
            long end = i + 1 < files.Count ? files[i + 1].BaseLsn : long.MaxValue;
            while (window.Lsn < Math.Min(limit, end) && window.TryRead(Math.Min(limit, end), out LedgerFrame frame))
            {
                if (!visit(frame))
                {
                    return;
                }
            }

            if (window.Lsn >= limit)
            {
                return;
            }

            if (i + 1 < files.Count && window.Lsn != end)
            {
                throw new DamageFault(
                    files[i].File.Path, window.Lsn - files[i].BaseLsn,
                    "an entry of a sealed ledger file is not intact" + NoHelp);
            }
        }
    }

    /// <summary>
    /// The LSN of an entry behind the given one that says everything up to more than the mark is durable, or null.
    /// </summary>
    internal static long? FindVouching(LedgerFile file, long lsn, long mark)
    {
        long from = lsn - file.BaseLsn;
        byte[] rest = new byte[Math.Max(0, file.File.Length - from)];
        int length = file.File.Read(from, rest);
        for (int at = 1; at + LedgerFrame.HeaderBytes <= length; at++)
        {
            if (rest[at + 8] is >= (byte)LedgerEntryKind.Base and <= (byte)LedgerEntryKind.Start
                && LedgerFrame.TryRead(rest.AsSpan(at, length - at), lsn + at, out LedgerFrame frame)
                && frame.DurableLsn > mark)
            {
                return frame.Lsn;
            }
        }

        return null;
    }

    private bool Note(LedgerFrame frame)
    {
        EndLsn = frame.EndLsn;
        DurableLsn = Math.Max(DurableLsn, frame.DurableLsn);
        return true;
    }

    // The durable LSN of the file's first entry; null when that is not a whole base entry.
    private static long? ReadBase(LedgerFile file)
    {
        LedgerWindow window = new();
        window.Seek(file, file.BaseLsn);
        return window.TryRead(long.MaxValue, out LedgerFrame frame) && frame.Kind == LedgerEntryKind.Base
            ? frame.DurableLsn
            : null;
    }
}
