namespace Millrace.Engine;

/// <summary>The blocks of a snapshot are not what an engine wrote. An engine that threw it while restoring is of no use
/// any more: another one must be made.</summary>
public sealed class SnapshotDamagedException(string message) : Exception(message);
