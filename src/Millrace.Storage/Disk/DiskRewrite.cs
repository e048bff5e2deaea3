namespace Millrace.Storage.Disk;

/// <summary>
/// Reads a stretch of a file and writes it back. What the cache shows may not be on disk when an earlier process's sync
/// failed: the kernel then calls such pages clean, and only a new write makes a later sync cover them.
/// </summary>
internal static class DiskRewrite
{
    private const int ChunkBytes = 1 << 20;

    public static void Run(IDiskFile file, long from, long to)
    {
        byte[] chunk = new byte[(int)Math.Clamp(to - from, 0, ChunkBytes)];
        while (from < to)
        {
            int count = file.Read(from, chunk.AsSpan(0, (int)Math.Min(chunk.Length, to - from)));
            if (count == 0)
            {
                return;
            }

            file.Write(from, chunk.AsSpan(0, count));
            from += count;
        }
    }
}
