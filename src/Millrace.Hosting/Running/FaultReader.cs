using Millrace.Hosting.Status;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>Says of what was thrown what sort of fault it is and what to do about it.</summary>
internal static class FaultReader
{
    private const string Restart = "what was answered as durable is safe: start it again";

    public static FaultStatus Read(Exception e) => e switch
    {
        PoisonedFault { InnerException: { } cause } => Read(cause),
        DiskFault { IsFull: true } => new FaultStatus(
            FaultKind.DiskFull, e.Message, "make room on the disk, then start it again"),
        DiskFullFault => new FaultStatus(
            FaultKind.DiskFull, e.Message,
            "make room on the disk, or keep less of it in reserve (`--disk-reserve`), then start it again"),
        DamageFault { CanBePassed: true } => new FaultStatus(
            FaultKind.Damage, e.Message,
            "`millrace verify` lists all that is damaged; `--skip-damaged` goes on without those records"),
        DamageFault => new FaultStatus(
            FaultKind.Damage, e.Message,
            "restore the file from a copy, or `export --skip-damaged` the topics and start with another folder; "
            + "`millrace verify` lists all that is damaged"),
        DiskFault { IsDenied: true } or DiskFault { Operation: "create directory" or DiskFault.OpenFolder } =>
            new FaultStatus(
                FaultKind.Folder, e.Message,
                "the data folder must be a folder that the user who runs this can write to; `--data` names another"),
        DiskFault => new FaultStatus(FaultKind.Disk, e.Message, "look after the disk; " + Restart),
        ReplayFault or ReplayMismatchFault => new FaultStatus(
            FaultKind.Replay, e.Message, "run the project and the program that wrote the folder, or use another one"),
        RestartFault => new FaultStatus(
            FaultKind.Damage, e.Message, "restore the folder from a backup, or use another one"),
        FolderLockedFault => new FaultStatus(
            FaultKind.Folder, e.Message, "one process at a time has a folder; `--data` names another"),
        StorageFault => new FaultStatus(
            FaultKind.Folder, e.Message, "nothing was changed; another folder can be named with `--data`"),

        // Of a bug one wants to know where.
        _ => new FaultStatus(FaultKind.Bug, e.ToString(), "please report it; " + Restart),
    };
}
