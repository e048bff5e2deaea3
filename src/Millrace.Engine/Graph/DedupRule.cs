namespace Millrace.Engine;

/// <summary>
/// Drops a source's records that repeat another one: those whose key one that was kept had within the window. Time is
/// the log's: the greatest timestamp of all the source's records up to this one. A NULL key repeats nothing.
/// </summary>
/// <param name="KeyColumn">The column of the source that identifies a record.</param>
/// <param name="WindowMs">How long a key is remembered: a record that comes this much later, or more, is kept.</param>
public sealed record DedupRule(int KeyColumn, long WindowMs);
