using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Segments;

/// <summary>
/// Sequential reading of record batches from a file through one reusable buffer: chunks when batches are small, whole
/// batches when they are large. What it hands out is checked. Not thread-safe.
/// </summary>
internal sealed class BatchWindow(int chunkBytes)
{
    private IDiskFile? file;
    private byte[] buffer = [];
    private int start;
    private int end;

    /// <summary>Position in the file of the next batch.</summary>
    public long Position { get; private set; }

    /// <summary>The buffer; batches and slices of them are valid until the next <see cref="Peek"/>.</summary>
    public byte[] Buffer => buffer;

    /// <summary>Where in <see cref="Buffer"/> the batch begins that <see cref="Peek"/> found.</summary>
    public int Start => start;

    public void Seek(IDiskFile target, long position)
    {
        file = target;
        Position = position;
        Forget();
    }

    /// <summary>Drops bytes read ahead: they may have been read while they were being written.</summary>
    public void Forget() => end = start = 0;

    /// <summary>
    /// Loads and checks the next batch; <see cref="BatchStatus.Incomplete"/> where the file ends too early.
    /// </summary>
    public BatchStatus Peek(out RecordBatchHeader header)
    {
        if (end - start < RecordBatchHeader.Size)
        {
            Fill(RecordBatchHeader.Size);
        }

        BatchStatus status = RecordBatchHeader.TryRead(buffer.AsSpan(start, end - start), out header);
        if (status != BatchStatus.Valid)
        {
            return status;
        }

        if (header.TotalBytes > end - start)
        {
            // The length is not to be believed yet: it must fit the file before memory is spent on it.
            if (Position + header.TotalBytes > file!.Length)
            {
                return BatchStatus.Incomplete;
            }

            Fill(header.TotalBytes);
        }

        return RecordBatchHeader.TryVerify(buffer.AsSpan(start, end - start), out header);
    }

    /// <summary>Steps over the batch that <see cref="Peek"/> found.</summary>
    public void Advance(int bytes)
    {
        start += bytes;
        Position += bytes;
    }

    private void Fill(int needed)
    {
        int kept = end - start;
        if (buffer.Length < Math.Max(needed, chunkBytes))
        {
            byte[] larger = new byte[Math.Max(needed, chunkBytes)];
            buffer.AsSpan(start, kept).CopyTo(larger);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(start, kept).CopyTo(buffer);
        }

        start = 0;
        end = kept + file!.Read(Position + kept, buffer.AsSpan(kept));
    }
}
