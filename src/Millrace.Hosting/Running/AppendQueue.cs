namespace Millrace.Hosting.Running;

/// <summary>
/// Requests that wait for the writer, bounded in number and bytes: what does not fit is refused at once, so a slow disk
/// shows as refusals and not as memory. Any number of threads add; one takes.
/// </summary>
internal sealed class AppendQueue(int maxRequests, long maxBytes)
{
    private readonly Lock gate = new();
    private readonly Queue<AppendRequest> waiting = [];
    private long bytes;
    private bool isClosed;

    /// <summary>Bytes of records that wait.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>
    /// Adds a request, or says why not. A request larger than the bound is taken when nothing else waits.
    /// </summary>
    public AppendOutcome TryAdd(AppendRequest request)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return AppendOutcome.Unavailable;
            }

            if (waiting.Count >= maxRequests || (waiting.Count > 0 && bytes + request.Records.Bytes > maxBytes))
            {
                return AppendOutcome.QueueFull;
            }

            waiting.Enqueue(request);
            bytes += request.Records.Bytes;
        }

        return AppendOutcome.Committed;
    }

    /// <summary>
    /// Moves what waits to the target, until it holds that many bytes; at least one when there is any.
    /// </summary>
    public void Take(List<AppendRequest> target, long atMostBytes)
    {
        long taken = 0;
        lock (gate)
        {
            while (waiting.TryPeek(out AppendRequest? next)
                && (taken == 0 || taken + next.Records.Bytes <= atMostBytes))
            {
                target.Add(waiting.Dequeue());
                taken += next.Records.Bytes;
            }

            bytes -= taken;
        }
    }

    /// <summary>Takes no more; what waits can still be taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }
    }
}
