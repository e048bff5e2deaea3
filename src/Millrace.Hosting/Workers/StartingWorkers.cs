using Millrace.Engine;

namespace Millrace.Hosting.Workers;

/// <summary>
/// Workers that use two processors for a start, where everybody waits for the engine, also if one thread is to do for
/// what follows, where others need the second. State is kept in parts and theirs is a fixed number, so that one thread
/// goes on with two: that costs nothing to speak of. Dispose ends the threads.
/// </summary>
internal sealed class StartingWorkers : IWorkers, IDisposable
{
    private readonly WorkerPool pool;
    private readonly SequentialWorkers alone;
    private readonly int threads;
    private IWorkers current;

    /// <param name="threads">Threads for what follows the start, at least 1.</param>
    public StartingWorkers(int threads)
    {
        this.threads = threads;
        current = pool = new WorkerPool(Math.Max(threads, Math.Min(2, Environment.ProcessorCount)));
        alone = new SequentialWorkers(pool.Count);
    }

    public int Count => pool.Count;

    public void Run(int count, Action<int> action) => current.Run(count, action);

    /// <summary>The start is through. By the thread that steps, between two steps.</summary>
    public void Settle()
    {
        if (threads < pool.Count)
        {
            current = alone;
            pool.Dispose();
        }
    }

    public void Dispose() => pool.Dispose();
}
