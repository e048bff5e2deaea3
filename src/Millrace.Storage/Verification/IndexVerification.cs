using System.Buffers.Binary;
using Millrace.Storage.Disk;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Verification;

/// <summary>
/// Compares a segment's index with the batches that a walk meets: each entry must be a batch's place and last offset.
/// One that does not fit costs time only.
/// </summary>
internal sealed class IndexVerification
{
    private const int EntryBytes = 8;
    private readonly FindingLog findings;
    private readonly string path;
    private readonly long baseOffset;
    private readonly bool isLast;
    private byte[] entries = [];
    private int at;
    private bool fits = true;

    public IndexVerification(
        IDisk disk, string directory, long baseOffset, bool isLast, FindingLog findings)
    {
        this.findings = findings;
        this.baseOffset = baseOffset;
        this.isLast = isLast;
        path = directory + "/" + Segment.FileName(baseOffset, Segment.IndexSuffix);
        if (disk.FileExists(path))
        {
            findings.Look(path, Read);
        }
    }

    /// <summary>Notes a batch of the segment, in order.</summary>
    public void Note(long position, long lastOffset)
    {
        while (at < entries.Length && Position() < position)
        {
            Mismatch();
        }

        if (at < entries.Length && Position() == position)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(entries.AsSpan(at)) != lastOffset - baseOffset)
            {
                Mismatch();
            }

            at += EntryBytes;
        }
    }

    /// <summary>Says that the segment has no more batches.</summary>
    public void Finish()
    {
        if (at < entries.Length)
        {
            Mismatch();
        }
    }

    private long Position() => BinaryPrimitives.ReadUInt32BigEndian(entries.AsSpan(at + 4));

    private void Read(IDiskFile file)
    {
        entries = new byte[file.Length];
        int read = file.Read(0, entries);
        if (read != entries.Length || read % EntryBytes != 0)
        {
            Mismatch();
        }
    }

    private void Mismatch()
    {
        if (fits)
        {
            findings.Note(path, at, isLast
                ? "the index of a segment that is being written does not fit it"
                : "the index does not fit its segment, as after a power cut; it is made anew from the segment");
        }

        fits = false;
        entries = [];
    }
}
