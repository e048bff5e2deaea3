using System.Buffers.Binary;
using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Verification;

/// <summary>
/// Reads every batch and every record of a partition: checksums, structure, offsets; compares each segment's index with
/// it, and where it ends with what the ledger says.
/// </summary>
internal sealed class PartitionVerification(IDisk disk, string directory, LedgerPartition known, FindingLog findings)
{
    private const int ChunkBytes = 1 << 20;
    private readonly BatchWindow window = new(ChunkBytes);
    private long next;

    public void Run()
    {
        long start = ReadStart();
        List<(long Base, string Name)> segments = PartitionFiles.List(disk, directory, start).Segments;
        next = segments is [var first, ..] && first.Base < start ? first.Base : start;
        for (int i = 0; i < segments.Count; i++)
        {
            (long begin, string name) = segments[i];
            if (begin != next)
            {
                Unreadable(directory, -1, Math.Min(next, begin), begin - 1, PartitionLog.NoSegment);
                next = begin;
            }

            long? limit = i + 1 < segments.Count ? segments[i + 1].Base : null;
            IndexVerification index = new(disk, directory, begin, isLast: limit is null, findings);
            findings.Look(directory + "/" + name, file => ReadSegment(file, index, limit));
            index.Finish();
        }

        if (next < known.End)
        {
            Unreadable(directory, -1, next, known.End - 1, "the log ends before");
        }
    }

    // Where retention lets the log begin; where its note is damaged, wherever the first segment does.
    private long ReadStart()
    {
        try
        {
            return PartitionMeta.Read(disk, directory).Start;
        }
        catch (DamageFault fault)
        {
            findings.Add(new VerificationFinding(
                VerificationSeverity.Error, fault.Path, fault.Position, "it is not what was written"));
            return PartitionFiles.List(disk, directory, 0).Segments is [var first, ..] ? first.Base : 0;
        }
    }

    private void ReadSegment(IDiskFile file, IndexVerification index, long? nextBase)
    {
        long length = file.Length;
        window.Seek(file, 0);
        while (window.Position < length)
        {
            BatchStatus status = window.Peek(out RecordBatchHeader header);
            if (status == BatchStatus.Valid && header.BaseOffset != next)
            {
                status = BatchStatus.BadOffset;
            }

            if (status == BatchStatus.Valid)
            {
                ReadBatch(file, header);
                index.Note(window.Position, header.NextOffset - 1);
                next = header.NextOffset;
                window.Advance(header.TotalBytes);
            }
            else if (!Skip(file, status, length, nextBase))
            {
                return;
            }
        }

        if (nextBase > next)
        {
            Unreadable(file.Path, length, next, nextBase.Value - 1, "the file ends before");
            next = nextBase.Value;
        }
    }

    // Steps over a damaged place; false when nothing intact is behind it.
    private bool Skip(IDiskFile file, BatchStatus status, long length, long? nextBase)
    {
        long limit = nextBase ?? known.End;
        if (next >= limit)
        {
            string bytes = (length - window.Position).ToString(CultureInfo.InvariantCulture);
            findings.Note(file.Path, window.Position, "an unfinished tail of " + bytes + " bytes");
            return false;
        }

        BatchPlace? place = BatchSearch.Find(file, window.Position, next, limit);
        long end = place?.BaseOffset ?? limit;
        Unreadable(file.Path, window.Position, next, end - 1, status.Words());
        next = end;
        if (place is { } found)
        {
            window.Seek(file, found.Position);
        }

        return place is not null;
    }

    private void ReadBatch(IDiskFile file, in RecordBatchHeader header)
    {
        ReadOnlySpan<byte> batch = window.Buffer.AsSpan(window.Start, header.TotalBytes);
        BatchStatus status = RecordBatchReader.Open(batch, out RecordBatchReader reader);
        long count = 0;
        while (status == BatchStatus.Valid && reader.MoveNext())
        {
            count++;
        }

        status = status == BatchStatus.Valid ? reader.Status : status;
        if (status != BatchStatus.Valid)
        {
            Unreadable(file.Path, window.Position, header.BaseOffset, header.NextOffset - 1, status.Words());
            return;
        }

        if (BinaryPrimitives.ReadInt32BigEndian(batch[RecordBatchHeader.LengthEnd..]) != 0)
        {
            // Nobody reads it and no checksum covers it: harmless, yet the bytes are not those that were written.
            findings.Warn(file.Path, window.Position, "the batch's leader epoch is not 0");
        }

        findings.Totals.Batches++;
        findings.Totals.Records += count;
    }

    // What no step covers, and what a derived topic has not yet been promised to hold, is written again by a replay. Of
    // a source, what is behind its recovery point may have been under way when the process ended.
    private void Unreadable(string path, long position, long first, long last, string why)
    {
        VerificationSeverity severity = first < known.RecoveryPoint ? VerificationSeverity.Error
            : first < known.End && known.Kind == TopicKind.Derived ? VerificationSeverity.Warning
            : VerificationSeverity.Note;
        string records = first >= last
            ? string.Create(CultureInfo.InvariantCulture, $"the record of offset {first} is not readable: ")
            : string.Create(CultureInfo.InvariantCulture, $"records of offsets {first} to {last} are not readable: ");
        findings.Add(new VerificationFinding(severity, path, position, records + why)
        {
            Topic = known.Topic,
            Partition = known.Partition,
            FirstOffset = first,
            LastOffset = last,
        });
    }
}
