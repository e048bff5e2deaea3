using System.Collections.Concurrent;

namespace Millrace.EndToEnd.Kills;

/// <summary>What the clients have sent and what was acknowledged, outside of the process that is killed.</summary>
internal sealed class SentEvents
{
    private int inLife;
    private int inFlight;

    /// <summary>Ids of events that the process may have taken.</summary>
    public ConcurrentBag<string> Sent { get; } = [];

    public ConcurrentBag<string> Acknowledged { get; } = [];

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
}

/// <summary>A request that the process died upon.</summary>
internal sealed record UnansweredRequest(IReadOnlyList<string> Ids, string Body);

/// <summary>A version of a product: it holds for events from a time on.</summary>
internal sealed record ProductVersion(string Id, string Json, long FromMs);
