using System.Collections.Concurrent;

namespace Millrace.EndToEnd.Kills;

/// <summary>What the clients have sent and what was acknowledged, outside of the process that is killed.</summary>
internal sealed class SentEvents
{
    private int inLife;
    private int inFlight;

    /// <summary>Events that the process may have taken.</summary>
    public ConcurrentBag<SentEvent> Sent { get; } = [];

    public ConcurrentBag<SentEvent> Acknowledged { get; } = [];

    /// <summary>Requests without an answer, to be sent again: the process may have taken them or not.</summary>
    public ConcurrentQueue<UnansweredRequest> Unanswered { get; } = [];

    /// <summary>Ids of events that were sent twice.</summary>
    public HashSet<string> Repeated { get; } = [];

    /// <summary>The catalogue's versions in the order in which they were sent.</summary>
    public List<ProductVersion> Products { get; } = [];

    /// <summary>Requests that wait for their answer.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Numbers events within a life, from 1.</summary>
    public int Next() => Interlocked.Increment(ref inLife);

    public void NextLife() => inLife = 0;

    public void Asked() => Interlocked.Increment(ref inFlight);

    public void Answered() => Interlocked.Decrement(ref inFlight);

    /// <summary>The events of a source that were acknowledged, in the order of their times.</summary>
    public IEnumerable<SentEvent> AcknowledgedBy(string source) =>
        Acknowledged.Where(e => e.Source == source).OrderBy(e => e.Second);
}

/// <summary>An event as it was posted, and its time.</summary>
internal sealed record SentEvent(string Source, string Id, double Second, string Json);

/// <summary>A request that the process died upon: events of one source.</summary>
internal sealed record UnansweredRequest(IReadOnlyList<SentEvent> Events);

/// <summary>A version of a product: it holds for events from a time on.</summary>
internal sealed record ProductVersion(string Id, string Json, long FromMs);
