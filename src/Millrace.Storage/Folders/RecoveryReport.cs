using System.Globalization;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// What opening a data folder found and did. Empty lists mean: it had been closed cleanly, or lost nothing.
/// </summary>
public sealed record RecoveryReport
{
    /// <summary>Tails that were cut, by partition.</summary>
    public IReadOnlyList<TailCut> Cuts { get; init; } = [];

    /// <summary>Bytes cut from the ledger's tail.</summary>
    public long LedgerBytesCut { get; init; }

    /// <summary>
    /// What of a folder that is only read no longer says what there is, ledger or topics: then the partitions' files
    /// do.
    /// </summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    /// <summary>
    /// Derived partitions that end before the last step said; replay from before it writes the rest again.
    /// </summary>
    public IReadOnlyList<PartitionBehind> Behind { get; init; } = [];

    /// <summary>
    /// Acknowledged records that cannot be read and were passed over, as far as opening met them.
    /// </summary>
    public IReadOnlyList<UnreadableRecords> Skipped { get; init; } = [];

    /// <summary>The report as lines for a person.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (TailCut cut in Cuts)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{cut.Topic}/{cut.Partition}: cut {cut.Bytes} bytes from offset {cut.EndOffset} on ({cut.Reason})");
        }

        if (LedgerBytesCut > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"ledger: cut {LedgerBytesCut} bytes");
        }

        foreach (PartitionBehind behind in Behind)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{behind.Topic}/{behind.Partition}: ends at {behind.EndOffset}, to be replayed to {behind.StepEnd}");
        }

        foreach (UnreadableRecords skipped in Skipped)
        {
            yield return "passed over: " + skipped;
        }
    }
}
