using Millrace.Storage.Disk;

namespace Millrace.Testing.Disks;

/// <summary>
/// A disk in memory that behaves as badly as POSIX allows: unsynced writes may be lost, torn or kept in any order, a
/// new name is durable only after its directory was synced, operations fail or kill the process where a script says so.
/// Everything random comes from the seed. One thread.
/// </summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly Dictionary<string, SimulatedNode?> live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedNode?> durable = new(StringComparer.Ordinal);
    private readonly List<NameChange> pending = [];
    private readonly HashSet<string> locks = new(StringComparer.Ordinal);
    private bool dead;

    public SimulatedDisk(int seed) => Random = new Random(seed);

    /// <summary>Decides about each operation before it happens; null lets all proceed.</summary>
    public Func<DiskOperation, DiskOutcome>? Script { get; set; }

    /// <summary>
    /// Bytes that its files may hold together, of their lengths as readers see them; a write beyond it is there in part
    /// and fails with ENOSPC. Default: no limit. May be changed at any time, also to less than is used.
    /// </summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Bytes that its files hold together.</summary>
    public long UsedBytes => live.Values.Sum(node => node is null ? 0L : node.Live.Length);

    /// <summary>
    /// Called in the middle of each operation, once before and once after it has taken effect, with its name and path:
    /// what other threads do meanwhile. May use the disk.
    /// </summary>
    public Action<string, string>? Meanwhile { get; set; }

    /// <summary>Called before a file is read, with its path: what other threads do meanwhile.</summary>
    public Action<string>? Reading { get; set; }

    /// <summary>Told of each hint to begin writing: the file and how many bytes.</summary>
    public Action<string, long>? WrittenBehind { get; set; }

    /// <summary>Told of each hint to reserve room: the file and how many bytes.</summary>
    public Action<string, long>? Reserved { get; set; }

    /// <summary>Operations that changed the disk so far.</summary>
    public int Operations { get; private set; }

    internal Random Random { get; }

    public bool FileExists(string path) => Look(path, out SimulatedNode? node) && node is not null;

    public bool DirectoryExists(string path) => Look(path, out SimulatedNode? node) && node is null;

    public IReadOnlyList<string> List(string directory)
    {
        ThrowIfDead();
        return [.. live.Keys.Where(path => Parent(path) == directory).Select(path => path[(directory.Length + 1)..])];
    }

    public void CreateDirectory(string path)
    {
        ThrowIfDead();
        if (path.Length == 0 || live.ContainsKey(path))
        {
            return;
        }

        CreateDirectory(Parent(path));
        Change("create directory", path, new NameChange(path, null, true, null));
    }

    public IDiskFile Open(string path, DiskOpen mode)
    {
        ThrowIfDead();
        if (mode == DiskOpen.Create && !FileExists(path))
        {
            RequireDirectory(Parent(path), path, "open");
            Change("create", path, new NameChange(path, new SimulatedNode(), true, null));
        }

        SimulatedNode node = live.GetValueOrDefault(path) ?? throw Missing(path, "open");
        SimulatedFile file = new(this, path, node);
        if (mode == DiskOpen.Create && file.Length > 0)
        {
            file.Truncate(0);
        }

        return file;
    }

    public void Rename(string from, string to)
    {
        SimulatedNode node = live.GetValueOrDefault(from) ?? throw Missing(from, "rename");
        RequireDirectory(Parent(to), from, "rename");
        Change("rename", from, new NameChange(to, node, true, from));
    }

    public void Delete(string path)
    {
        if (!FileExists(path))
        {
            throw Missing(path, "delete");
        }

        Change("delete", path, new NameChange(path, null, false, null));
    }

    public void DeleteDirectory(string path)
    {
        if (!DirectoryExists(path))
        {
            throw Missing(path, "delete directory");
        }

        if (List(path).Count > 0)
        {
            throw new DiskFault(path, "delete directory", 39, "Directory not empty");
        }

        Change("delete directory", path, new NameChange(path, null, false, null));
    }

    public void SyncDirectory(string path)
    {
        path = IsRoot(path) ? "" : path;
        RequireDirectory(path, path, "open directory");
        DiskOutcome outcome = Begin("sync directory", path);
        if (outcome == DiskOutcome.Proceed)
        {
            foreach (NameChange change in pending.Where(change => Parent(change.Path) == path))
            {
                Apply(durable, change);
            }

            pending.RemoveAll(change => Parent(change.Path) == path);
        }

        End(outcome, "sync directory", path);
    }

    public long FreeBytes(string path)
    {
        if (!Look(path, out _))
        {
            throw Missing(path, "free bytes");
        }

        return Room;
    }

    public IDisposable? TryLock(string path)
    {
        RequireDirectory(Parent(path), path, "lock");
        return locks.Add(path) ? new Release(locks, path) : null;
    }

    /// <summary>
    /// Removes the directories below one that hold no file, durably: as a copy that keeps files only.
    /// </summary>
    public void RemoveEmptyDirectories(string directory)
    {
        foreach (string path in List(directory).Select(name => directory + "/" + name).Where(DirectoryExists))
        {
            RemoveEmptyDirectories(path);
            if (List(path).Count == 0)
            {
                Forget(path);
            }
        }
    }

    /// <summary>Flips a bit of a file, durably.</summary>
    public void Flip(string path, long bit) => live[path]!.Flip(bit);

    /// <summary>Files of the disk as readers see it.</summary>
    public IEnumerable<(string Path, int Length)> Files() =>
        live.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value!.Live.Length));

    /// <summary>
    /// The disk as the next process finds it, after this one died (or was left). This one is dead then.
    /// </summary>
    public SimulatedDisk Restart(Survival survival)
    {
        dead = true;
        return Survive(survival);
    }

    /// <summary>Another disk that holds what this one holds, with nothing going wrong on it.</summary>
    public SimulatedDisk Copy() => Survive(Survival.All);

    /// <summary>Bytes by which a file may still grow.</summary>
    internal long Room => Capacity == long.MaxValue ? long.MaxValue : Math.Max(0, Capacity - UsedBytes);

    internal DiskOutcome Begin(string name, string path)
    {
        ThrowIfDead();
        Meanwhile?.Invoke(name, path);
        DiskOutcome outcome = Script?.Invoke(new DiskOperation(++Operations, name, path)) ?? DiskOutcome.Proceed;
        dead |= outcome == DiskOutcome.Crash;
        return outcome;
    }

    internal void End(DiskOutcome outcome, string name, string path)
    {
        ThrowIfDead();
        if (outcome != DiskOutcome.Proceed)
        {
            throw outcome == DiskOutcome.Full
                ? new DiskFault(path, name, 28, "No space left on device")
                : new DiskFault(path, name, 5, "Input/output error");
        }

        Meanwhile?.Invoke(name, path);
    }

    internal void ThrowIfDead()
    {
        if (dead)
        {
            throw new SimulatedCrash();
        }
    }

    private void RequireDirectory(string directory, string path, string name)
    {
        if (!IsRoot(directory) && !DirectoryExists(directory))
        {
            throw Missing(path, name);
        }
    }

    // Where relative and absolute paths begin.
    private static bool IsRoot(string path) => path is "" or "/" or ".";

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    private static DiskFault Missing(string path, string name) => new(path, name, 2, "No such file or directory");

    private static void Apply(Dictionary<string, SimulatedNode?> names, NameChange change)
    {
        if (change.From is { } from)
        {
            names.Remove(from);
        }

        if (change.Present)
        {
            names[change.Path] = change.Node;
        }
        else
        {
            names.Remove(change.Path);
        }
    }

    private void Forget(string directory)
    {
        bool IsGone(string path) => path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);
        live.Remove(directory);
        pending.RemoveAll(change => IsGone(change.Path));
        foreach (string path in durable.Keys.Where(IsGone).ToList())
        {
            durable.Remove(path);
        }
    }

    private SimulatedDisk Survive(Survival survival)
    {
        SimulatedDisk next = new(Random.Next()) { Capacity = Capacity };
        Dictionary<SimulatedNode, SimulatedNode> nodes = [];
        SimulatedNode? Survivor(SimulatedNode? node) =>
            node is null ? null
            : nodes.TryGetValue(node, out SimulatedNode? known) ? known
            : nodes[node] = node.Restart(survival, Random);
        foreach ((string path, SimulatedNode? node) in durable)
        {
            next.durable[path] = Survivor(node);
            next.live[path] = Survivor(node);
        }

        int odds = Random.Next(5);
        foreach (NameChange change in pending)
        {
            NameChange kept = change with { Node = Survivor(change.Node) };
            if (survival == Survival.All)
            {
                Apply(next.live, kept);
                next.pending.Add(kept);
            }
            else if (survival == Survival.Some && Random.Next(4) < odds)
            {
                Apply(next.live, kept);
                Apply(next.durable, kept);
            }
        }

        if (survival != Survival.All)
        {
            next.DropUnreachable();
        }

        return next;
    }

    private bool Look(string path, out SimulatedNode? node)
    {
        ThrowIfDead();
        return live.TryGetValue(path, out node);
    }

    private void Change(string name, string path, NameChange change)
    {
        DiskOutcome outcome = Begin(name, path);
        if (outcome == DiskOutcome.Proceed)
        {
            Apply(live, change);
            pending.Add(change);
        }

        End(outcome, name, path);
    }

    private void DropUnreachable()
    {
        foreach (Dictionary<string, SimulatedNode?> names in new[] { live, durable })
        {
            bool Reachable(string path) =>
                path.Length == 0 || (names.ContainsKey(path) && Reachable(Parent(path)));
            foreach (string path in names.Keys.Where(path => !Reachable(path)).ToList())
            {
                names.Remove(path);
            }
        }
    }

    private readonly record struct NameChange(string Path, SimulatedNode? Node, bool Present, string? From);

    private sealed class Release(HashSet<string> locks, string path) : IDisposable
    {
        public void Dispose() => locks.Remove(path);
    }
}
