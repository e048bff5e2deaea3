namespace Millrace.Storage.Ledgers;

/// <summary>What recovery hands to the <see cref="Ledger"/>.</summary>
/// <param name="Files">The files, the last one to append to.</param>
/// <param name="State">The sum of all entries below <paramref name="EndLsn"/>.</param>
/// <param name="EndLsn">Where the next entry goes.</param>
/// <param name="DurableLsn">Below it entries and the source records they describe are known to be synced.</param>
internal sealed record LedgerRecovered(
    IReadOnlyList<LedgerFile> Files, LedgerState State, long EndLsn, long DurableLsn);
