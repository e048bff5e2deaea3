using Millrace.Storage.Disk;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// The snapshots of a data folder: <c>snapshots/&lt;number&gt;.snapshot</c>. A file has that name only when it is
/// complete and durable, so one that is not intact is damaged, never unfinished. One snapshot is written at a time;
/// listing, reading and removing go beside it. Thread-safe.
/// </summary>
public sealed class SnapshotStore
{
    private readonly IDisk disk;
    private readonly string directory;
    private readonly Lock gate = new();
    private readonly Lock removing = new();
    private readonly SortedDictionary<long, SnapshotInfo> found = [];
    private SnapshotInfo? writing;

    private SnapshotStore(IDisk disk, string directory)
    {
        this.disk = disk;
        this.directory = directory;
    }

    /// <summary>
    /// All snapshots, newest first, each with what is known to be wrong with it or with those it builds upon. Opening
    /// the folder looks at header, metadata and footer; damage inside is found when the blocks are read.
    /// </summary>
    public IReadOnlyList<SnapshotInfo> List()
    {
        lock (gate)
        {
            return SnapshotChains.Judge(found.Values);
        }
    }

    /// <summary>
    /// Begins a snapshot. The caller sees to it that everything below its position is durable
    /// (a flush of the folder) before it completes.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another is being written.</exception>
    /// <exception cref="DiskFault">The disk refused.</exception>
    public SnapshotWriter Begin(SnapshotInfo info)
    {
        SnapshotInfo numbered;
        lock (gate)
        {
            if (writing is not null)
            {
                throw new InvalidOperationException("another snapshot is being written");
            }

            if (info.Chain.Any(number => !found.ContainsKey(number)))
            {
                throw new ArgumentException("builds upon a snapshot that is not there", nameof(info));
            }

            numbered = info with { Number = found.Count == 0 ? 1 : found.Keys.Last() + 1 };
            writing = numbered;
        }

        IDiskFile? file = null;
        try
        {
            file = disk.Open(Unfinished(numbered.Number), DiskOpen.Create);
            return new SnapshotWriter(this, numbered, file);
        }
        catch
        {
            file?.Dispose();
            writing = null;
            throw;
        }
    }

    /// <summary>A reader of the snapshot's blocks and those it builds upon. Nothing is read yet.</summary>
    public SnapshotReader Open(SnapshotInfo info) => new(this, disk, directory, info);

    /// <summary>
    /// Removes what is not needed any more. Kept are the newest <paramref name="keep"/> usable snapshots, one of an
    /// earlier chain (a damaged base must not take them all), and everything that a kept one builds upon. Damaged ones
    /// go when so many newer usable ones are there. Returns the number of files removed.
    /// </summary>
    public int Retain(int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        return Remove(listed =>
        {
            HashSet<long> kept = SnapshotChains.Kept(listed, keep);
            return info => !kept.Contains(info.Number);
        });
    }

    /// <summary>
    /// Removes all older than one but what that builds upon; the caller has read it. Returns the number of files
    /// removed.
    /// </summary>
    public int RemoveBefore(SnapshotInfo kept) =>
        Remove(_ => info => info.Number < kept.Number && !kept.Chain.Contains(info.Number));

    /// <summary>
    /// Removes the snapshots of deployments after the given one: those of a deployment that was given up. Returns the
    /// number of files removed.
    /// </summary>
    public int RemoveAfterDeployment(long deployment) =>
        Remove(_ => info => info.Deployment > deployment && info.Problem is null);

    internal static SnapshotStore Open(IDisk disk, string directory, bool readOnly)
    {
        SnapshotStore store = new(disk, directory);
        foreach (string name in disk.List(directory).Order(StringComparer.Ordinal))
        {
            if (SnapshotName.TryParse(name, SnapshotName.Suffix, out long number))
            {
                store.found.Add(number, store.Look(number));
            }
            else if (!readOnly && SnapshotName.TryParse(name, SnapshotName.UnfinishedSuffix, out _))
            {
                disk.Delete(directory + "/" + name);
            }
        }

        if (!readOnly)
        {
            // A name found here may have been given just before a crash; what is built or removed relies on it.
            disk.SyncDirectory(directory);
        }

        return store;
    }

    internal SnapshotInfo Complete(SnapshotInfo info)
    {
        disk.Rename(Unfinished(info.Number), Finished(info.Number));
        disk.SyncDirectory(directory);
        lock (gate)
        {
            found.Add(info.Number, info);
        }

        writing = null;
        return info;
    }

    internal void Abandon(SnapshotInfo info)
    {
        if (writing?.Number != info.Number)
        {
            return;
        }

        writing = null;
        foreach (string path in new[] { Unfinished(info.Number), Finished(info.Number) }.Where(disk.FileExists))
        {
            disk.Delete(path);
        }
    }

    /// <summary>Remembers that a file cannot be read, as a sentence.</summary>
    internal void NoteDamage(long number, string problem)
    {
        lock (gate)
        {
            if (found.TryGetValue(number, out SnapshotInfo? info))
            {
                found[number] = info with { Problem = problem };
            }
        }
    }

    private SnapshotInfo Look(long number)
    {
        try
        {
            using SnapshotFile file = new(disk, directory, number);
            return file.Info with { Blocks = file.ReadFooter() };
        }
        catch (StorageFault e)
        {
            return new SnapshotInfo(0, 0) { Number = number, Problem = e.Message };
        }
    }

    // What builds upon others goes first, and for good, so that a removal cut short leaves no chain without its base.
    private int Remove(Func<IReadOnlyList<SnapshotInfo>, Func<SnapshotInfo, bool>> choose)
    {
        lock (removing)
        {
            IReadOnlyList<SnapshotInfo> listed = List();
            SnapshotInfo[] chosen = [.. listed.Where(choose(listed)).OrderByDescending(info => info.Number)];
            foreach (SnapshotInfo info in chosen)
            {
                disk.Delete(Finished(info.Number));
                disk.SyncDirectory(directory);
                lock (gate)
                {
                    found.Remove(info.Number);
                }
            }

            return chosen.Length;
        }
    }

    private string Finished(long number) => directory + "/" + SnapshotName.Of(number);

    private string Unfinished(long number) => directory + "/" + SnapshotName.Of(number, SnapshotName.UnfinishedSuffix);
}
