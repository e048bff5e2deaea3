namespace Millrace.Storage.Ledgers;

/// <summary>What takes positions in the one append order.</summary>
public enum LedgerInputKind
{
    /// <summary>A run of records of one source partition.</summary>
    Records,

    /// <summary>A reading of the clock.</summary>
    Tick,
}
