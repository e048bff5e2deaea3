using Millrace.Engine;

namespace Millrace.Hosting.Workers;

/// <summary>
/// Workers that use more threads for a start, where everybody waits for the engine, than for what follows, where others
/// need the processors. State is kept in parts, and their number is fixed: one thread goes on with all of them, which
/// for two costs nothing to speak of. Dispose ends the threads.
/// </summary>
internal sealed class StartingWorkers : IWorkers, IDisposable
{
    private readonly WorkerPool pool;
    private readonly SequentialWorkers alone;
    private readonly int threads;
    private IWorkers current;

    /// <param name="atStart">Threads for the start, if that is more than the others.</param>
    /// <param name="threads">Threads for what follows, at least 1: one, or as many as for the start.</param>
    public StartingWorkers(int atStart, int threads)
    {
        this.threads = threads;
        current = pool = new WorkerPool(Math.Max(threads, atStart));
        alone = new SequentialWorkers(pool.Count);
    }

    public int Count => pool.Count;

    public void Run(int count, Action<int> action) => current.Run(count, action);

    /// <summary>The start is through. By the thread that steps, between two steps.</summary>
    public void Settle()
    {
        if (threads == 1)
        {
            current = alone;
            pool.Dispose();
        }
    }

    public void Dispose() => pool.Dispose();
}
