using Millrace.Hosting.Running;

namespace Millrace.Simulation.Clients;

/// <summary>What a client knows about its request.</summary>
internal enum RequestState
{
    /// <summary>No answer yet; or the process died before it came.</summary>
    Unknown,

    /// <summary>Acknowledged: its records must be there, for good.</summary>
    Acknowledged,

    /// <summary>Refused: none of its records may be there.</summary>
    Refused,
}

/// <summary>Records that a client sends in one request; each is unlike any other of the run.</summary>
/// <param name="Source">Where to.</param>
/// <param name="Values">The records, as they will be stored; null for a deletion.</param>
/// <param name="Key">The key, of a deletion.</param>
/// <param name="TimestampMs">The timestamp that it asks for; null for that of its arrival.</param>
internal sealed record ClientRequest(string Source, IReadOnlyList<string?> Values, string? Key, long? TimestampMs)
{
    /// <summary>The answer on its way.</summary>
    public Task<AppendResult>? Answer { get; set; }

    public RequestState State { get; set; }

    /// <summary>The position behind its last record, once acknowledged.</summary>
    public long EndPosition { get; set; } = -1;
}
