using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Verification;

/// <summary>
/// Reads every entry of the ledger: checksum and place, whether it parses and fits what was before, whether each file
/// goes on where the one before ended, and whether its base entry is the sum of all entries before.
/// </summary>
internal sealed class LedgerVerification(IDisk disk, string directory, FindingLog findings)
{
    private LedgerState state = new();
    private bool isWhole;
    private bool isThere;
    private long durableLsn;

    /// <summary>
    /// The sum of all intact entries; the partitions' ends are those the topics must have. Null without a ledger.
    /// </summary>
    public LedgerState? Run()
    {
        List<long> starts = [.. LedgerFile.List(disk, directory)];
        for (int i = 0; i < starts.Count; i++)
        {
            bool last = i + 1 == starts.Count;
            string path = directory + "/" + LedgerFile.FileName(starts[i]);
            long end = last ? long.MaxValue : starts[i + 1];
            findings.Look(path, file => ReadFile(new LedgerFile(starts[i], file), end, first: i == 0, last));
        }

        if (!isThere)
        {
            return null;
        }

        RequireStart(starts);
        NoteDurable(starts);
        return state;
    }

    private void ReadFile(LedgerFile file, long end, bool first, bool last)
    {
        LedgerWindow window = new();
        LedgerState before;
        try
        {
            before = window.ReadBase(file);
        }
        catch (DamageFault e) when (last && LedgerScan.FindVouching(file, file.BaseLsn, long.MinValue) is null)
        {
            findings.Note(e.Path, 0, "a ledger file whose creation was not finished");
            return;
        }

        if (!first && isWhole && !Same(before, state))
        {
            findings.Error(file.File.Path, 0, "the base entry is not the sum of the entries before it");
        }

        state = before;
        isWhole = isThere = true;
        findings.Totals.LedgerEntries++;
        while (window.Lsn < end && window.TryRead(end, out LedgerFrame frame) && Apply(file, frame))
        {
            findings.Totals.LedgerEntries++;
            durableLsn = Math.Max(durableLsn, frame.DurableLsn);
        }

        long at = window.Lsn - file.BaseLsn;
        if (isWhole && (last ? at < file.File.Length : window.Lsn != end))
        {
            ReportEnd(file, window.Lsn, last);
        }
    }

    private void ReportEnd(LedgerFile file, long lsn, bool last)
    {
        long at = lsn - file.BaseLsn;
        if (last && LedgerScan.FindVouching(file, lsn, lsn) is null)
        {
            string bytes = (file.File.Length - at).ToString(CultureInfo.InvariantCulture);
            findings.Note(file.File.Path, at, "an unfinished tail of " + bytes + " bytes");
            return;
        }

        isWhole = false;
        findings.Error(
            file.File.Path, at,
            last
                ? "a ledger entry is not intact; it and what follows it in this file say the order of inputs no more"
                : "a ledger entry is not intact; the order of inputs is lost from it to the end of this file");
    }

    private bool Apply(LedgerFile file, LedgerFrame frame)
    {
        try
        {
            if (frame.Kind != LedgerEntryKind.Base)
            {
                long position = state.NextPosition;
                state.Apply(frame.Kind, frame.Body);
                if (state.StepPosition <= state.NextPosition && state.NextPosition >= position)
                {
                    return true;
                }
            }

            findings.Error(
                file.File.Path, frame.Lsn - file.BaseLsn, "a ledger entry that does not fit those before it");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or OverflowException)
        {
            findings.Error(file.File.Path, frame.Lsn - file.BaseLsn, "a ledger entry that does not parse");
        }

        isWhole = false;
        return false;
    }

    // What the ledger describes behind the durable mark may never have come to the disk, and a recovery cuts it then.
    // So a source's records are promised up to the mark. What cannot be read has been told by now.
    private void NoteDurable(List<long> starts)
    {
        LedgerState durable = new();
        try
        {
            ReadUpToMark(starts.FindLast(lsn => lsn <= durableLsn), ref durable);
        }
        catch (StorageFault)
        {
            return;
        }

        foreach ((LedgerPartition now, LedgerPartition then) in state.Partitions.Zip(durable.Partitions))
        {
            now.RecoveryPoint = now.Kind == TopicKind.Source ? then.End : now.RecoveryPoint;
        }
    }

    private void ReadUpToMark(long start, ref LedgerState durable)
    {
        using IDiskFile file = disk.Open(directory + "/" + LedgerFile.FileName(start), DiskOpen.Read);
        LedgerWindow window = new();
        durable = window.ReadBase(new LedgerFile(start, file));
        while (window.Lsn < durableLsn && window.TryRead(durableLsn, out LedgerFrame frame))
        {
            durable.Apply(frame.Kind, frame.Body);
        }
    }

    private void RequireStart(List<long> starts)
    {
        string path = directory + "/" + LedgerFile.FileName(state.FirstLsn);
        if (starts[0] > state.FirstLsn)
        {
            findings.Error(path, -1, "the first files of the ledger are missing");
        }

        foreach (long lsn in starts.Where(lsn => lsn < state.FirstLsn))
        {
            findings.Note(
                directory + "/" + LedgerFile.FileName(lsn), -1, "left over: the ledger begins behind this file");
        }
    }

    private static bool Same(LedgerState a, LedgerState b)
    {
        LedgerEncoder first = new();
        LedgerEncoder second = new();
        a.WriteBase(first);
        b.WriteBase(second);
        return first.Bytes[LedgerFrame.HeaderBytes..].SequenceEqual(second.Bytes[LedgerFrame.HeaderBytes..]);
    }
}
