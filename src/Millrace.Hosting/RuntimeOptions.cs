using Millrace.Hosting.Deployments;
using Millrace.Hosting.Pressure;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting;

/// <summary>How a <see cref="MillraceRuntime"/> runs.</summary>
public sealed record RuntimeOptions
{
    /// <summary>The data folder; created where missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What an acknowledgement promises.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>
    /// The files that the project was compiled from: with them the folder remembers what it runs, and a changed project
    /// takes over what it can. Without them it is up to the caller that the project is the one of before.
    /// </summary>
    public ProjectSources? Sources { get; init; }

    /// <summary>Whether topics of models that are gone are removed.</summary>
    public bool Prune { get; init; }

    /// <summary>Threads that run a step, at least 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// Memory for the readable rows of each model, at most: all models' together are a quarter of the memory limit, in
    /// equal parts. The topic keeps all rows.
    /// </summary>
    public long ViewBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of records that may wait for their commit; more are refused.</summary>
    public long MaxQueuedBytes { get; init; } = 64 << 20;

    /// <summary>Requests that may wait for their commit; more are refused.</summary>
    public int MaxQueuedRequests { get; init; } = 10_000;

    /// <summary>Bytes that one commit takes at most (a single larger request is still taken).</summary>
    public long MaxCommitBytes { get; init; } = 8 << 20;

    /// <summary>A longer record is refused.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>How long a step may take when there is more to do.</summary>
    public TimeSpan StepTime { get; init; } = TimeSpan.FromMilliseconds(4);

    /// <summary>Records and clock readings that a step takes at most.</summary>
    public int MaxStepRecords { get; init; } = 1 << 16;

    /// <summary>How often the clock is read into the log while windows are open.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often everything is made durable that is not yet, the models' topics above all.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time from the beginning of one snapshot of the engine's state to that of the next; null for what the project
    /// says.
    /// </summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Bytes of a snapshot that are given between two steps, at most.</summary>
    public int SnapshotSliceBytes { get; init; } = 256 << 10;

    /// <summary>How often it is looked at what topics may let go.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether to go on where acknowledged records cannot be read, without exactly these; they are listed in the
    /// status. Else that is a fault.
    /// </summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Size at which a new ledger file begins.</summary>
    public long LedgerFileBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Memory of the process from which on records are refused; null for 70 % of what the machine, or the limit that
    /// it runs under, has.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>
    /// Bytes of the disk that are kept back: with less free, records are refused; with a quarter of it, the models
    /// wait.
    /// </summary>
    public long DiskReserveBytes { get; init; } = 256 << 20;

    /// <summary>How long <see cref="MillraceRuntime.Stop"/> may take; then it closes as it is.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock: the time of records and of idleness.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The file system.</summary>
    public IDisk Disk { get; init; } = new PosixDisk();

    /// <summary>What another process is told about who has the folder, as a noun.</summary>
    public string Owner { get; init; } = $"process {Environment.ProcessId}";

    /// <summary>
    /// Of so many rows of a model that a replay gives the first are compared with the topic, a 32nd part; of 1, all
    /// are.
    /// </summary>
    internal long ReplayCheckInterval { get; init; } = 1 << 18;

    /// <summary>Threads for the steps of a start, unless <see cref="Workers"/> are more.</summary>
    internal int StartingWorkers { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Runs parts of a start, at once if it can: see <see cref="DataFolderOptions.RunParts"/>.</summary>
    internal Action<int, Action<int>> RunParts { get; init; } = new DataFolderOptions().RunParts;

    /// <summary>Who measures the memory.</summary>
    internal IMemoryMeter Memory { get; init; } = new ProcessMemory();

    /// <summary><see cref="MemoryBytes"/>, or what it is where nobody says.</summary>
    internal long MemoryLimit => MemoryBytes ?? ProcessMemory.AvailableBytes / 10 * 7;

    /// <summary>
    /// Memory for the readable rows of one of so many models. Rows go only when newer ones come: had they more than a
    /// part of the limit, then at the limit, where no more are let in, nothing would ever be given back.
    /// </summary>
    internal long ViewBytesOf(int models) => Math.Min(ViewBytes, MemoryLimit / 4 / Math.Max(1, models));
}
