using System.Buffers.Binary;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Segments;

/// <summary>Where intact batches go on behind a damaged place.</summary>
/// <param name="Position">Byte of the file.</param>
/// <param name="BaseOffset">Offset of the batch there.</param>
internal readonly record struct BatchPlace(long Position, long BaseOffset);

/// <summary>
/// Looks for the next intact batch behind a place where none is: where the damaged one's length points, then byte by
/// byte. A batch counts when its checksum is right and its offsets lie behind those that are expected at the place; at
/// the place itself, where the offset alone may be what is damaged (the checksum does not cover it), only when the
/// batch behind it follows.
/// </summary>
internal static class BatchSearch
{
    private const int ChunkBytes = 1 << 20;

    /// <param name="file">The segment's file.</param>
    /// <param name="position">The damaged place.</param>
    /// <param name="expected">The offset that should follow there.</param>
    /// <param name="limit">Offsets at or above are of no interest.</param>
    public static BatchPlace? Find(IDiskFile file, long position, long expected, long limit)
    {
        long length = file.Length;
        byte[] start = new byte[RecordBatchHeader.Size];
        if (file.Read(position, start) == start.Length)
        {
            if (Verify(file, length, position) is { } here && here.BaseOffset > expected && here.NextOffset <= limit
                && (here.NextOffset == limit || Follows(file, length, position, here)))
            {
                return new BatchPlace(position, here.BaseOffset);
            }

            long claimed = RecordBatchHeader.LengthEnd + (long)BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(8));
            long pointed = position + claimed;
            if (pointed > position && Verify(file, length, pointed) is { } next && Fits(next, expected, limit))
            {
                return new BatchPlace(pointed, next.BaseOffset);
            }
        }

        return Walk(file, length, position + 1, expected, limit);
    }

    private static BatchPlace? Walk(IDiskFile file, long length, long from, long expected, long limit)
    {
        byte[] chunk = new byte[(int)Math.Clamp(length - from, 0, ChunkBytes)];
        while (length - from >= RecordBatchHeader.Size)
        {
            int read = file.Read(from, chunk);
            for (int at = 0; at + RecordBatchHeader.Size <= read; at++)
            {
                if (chunk[at + RecordBatchHeader.MagicAt] == RecordBatchHeader.Magic
                    && RecordBatchHeader.TryRead(chunk.AsSpan(at), out RecordBatchHeader header) == BatchStatus.Valid
                    && Fits(header, expected, limit) && Verify(file, length, from + at) is not null)
                {
                    return new BatchPlace(from + at, header.BaseOffset);
                }
            }

            if (read < RecordBatchHeader.Size)
            {
                return null;
            }

            from += read - RecordBatchHeader.Size + 1;
        }

        return null;
    }

    private static bool Fits(in RecordBatchHeader header, long expected, long limit) =>
        header.BaseOffset > expected && header.BaseOffset < limit && header.NextOffset > header.BaseOffset;

    private static bool Follows(IDiskFile file, long length, long position, in RecordBatchHeader header) =>
        Verify(file, length, position + header.TotalBytes) is { } next && next.BaseOffset == header.NextOffset;

    private static RecordBatchHeader? Verify(IDiskFile file, long length, long position)
    {
        byte[] bytes = new byte[RecordBatchHeader.Size];
        if (file.Read(position, bytes) < bytes.Length
            || RecordBatchHeader.TryRead(bytes, out RecordBatchHeader header) != BatchStatus.Valid
            || position + header.TotalBytes > length)
        {
            return null;
        }

        bytes = new byte[header.TotalBytes];
        file.Read(position, bytes);
        return RecordBatchHeader.TryVerify(bytes, out header) == BatchStatus.Valid ? header : null;
    }
}
