namespace Millrace.Storage.Verification;

/// <summary>What a <see cref="FolderVerification"/> has looked at so far.</summary>
public sealed class VerificationTotals
{
    public long Files { get; internal set; }

    public long Bytes { get; internal set; }

    /// <summary>Record batches of topics.</summary>
    public long Batches { get; internal set; }

    /// <summary>Intact records of topics.</summary>
    public long Records { get; internal set; }

    public long LedgerEntries { get; internal set; }

    public long Snapshots { get; internal set; }

    public long Notes { get; internal set; }

    public long Warnings { get; internal set; }

    public long Errors { get; internal set; }
}
