using System.Runtime.ExceptionServices;
using Millrace.Engine;

namespace Millrace.Hosting.Workers;

/// <summary>
/// Threads that run the parts of an engine's step at once: count − 1 of them, for the thread that steps takes part
/// too. One <see cref="Run"/> at a time. Dispose ends the threads.
/// </summary>
public sealed class WorkerPool : IWorkers, IDisposable
{
    private readonly Barrier barrier;
    private readonly Thread[] threads;
    private Action<int> action = static _ => { };
    private int parts;
    private int nextPart;
    private Exception? failure;
    private volatile bool isDisposed;

    /// <param name="count">Threads in all, at least 1.</param>
    public WorkerPool(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        barrier = new Barrier(count);
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"millrace worker {i + 1}" };
            threads[i].Start();
        }
    }

    public int Count { get; }

    public void Run(int count, Action<int> action)
    {
        if (threads.Length == 0 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                action(i);
            }

            return;
        }

        this.action = action;
        parts = count;
        nextPart = 0;
        failure = null;
        barrier.SignalAndWait();
        TakeParts();
        barrier.SignalAndWait();
        if (failure is { } e)
        {
            ExceptionDispatchInfo.Throw(e);
        }
    }

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (threads.Length > 0)
        {
            barrier.SignalAndWait();
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
        }

        barrier.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (isDisposed)
            {
                return;
            }

            TakeParts();
            barrier.SignalAndWait();
        }
    }

    private void TakeParts()
    {
        try
        {
            int part;
            while ((part = Interlocked.Increment(ref nextPart) - 1) < parts)
            {
                action(part);
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref failure, e, null);
        }
    }
}
