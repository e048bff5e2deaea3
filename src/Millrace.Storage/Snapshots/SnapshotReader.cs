using Millrace.Storage.Disk;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// The blocks of a snapshot and of all it builds upon, oldest file first, each checked when it is read. A file that
/// turns out damaged is a <see cref="DamageFault"/>, and the store lists it with that from then on. May be enumerated
/// more than once; a block is good until the next is asked for.
/// </summary>
public sealed class SnapshotReader
{
    private readonly SnapshotStore store;
    private readonly IDisk disk;
    private readonly string directory;

    internal SnapshotReader(SnapshotStore store, IDisk disk, string directory, SnapshotInfo info)
    {
        this.store = store;
        this.disk = disk;
        this.directory = directory;
        Info = info;
    }

    public SnapshotInfo Info { get; }

    /// <summary>All blocks, oldest first: a later one overrides what an earlier one says of the same thing.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        foreach (long number in Info.Chain.Append(Info.Number))
        {
            using SnapshotFile file = Checked(number, () => new SnapshotFile(disk, directory, number));
            while (Checked(number, file.TryReadBlock))
            {
                yield return file.Block;
            }
        }
    }

    /// <summary>Reads everything once and checks it; throws as <see cref="Blocks"/> does.</summary>
    public void Verify()
    {
        foreach (ReadOnlyMemory<byte> _ in Blocks())
        {
        }
    }

    private T Checked<T>(long number, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (StorageFault e)
        {
            store.NoteDamage(number, e.Message);
            throw;
        }
    }
}
