namespace Millrace.Engine;

/// <summary>What came of restoring an engine's state.</summary>
/// <param name="Position">The last position that the restored state has seen; <see cref="long.MinValue"/> for
/// none.</param>
/// <param name="Restored">The models that have their state again, by name.</param>
/// <param name="Refused">The models, and sources, that were asked for and have none: they begin empty.</param>
public sealed record RestoreReport(
    long Position, IReadOnlyList<string> Restored, IReadOnlyList<RefusedState> Refused);

/// <summary>State that does not fit what shall go on with it.</summary>
/// <param name="Name">The model or source.</param>
/// <param name="Reason">A sentence part that says what differs.</param>
public sealed record RefusedState(string Name, string Reason);
