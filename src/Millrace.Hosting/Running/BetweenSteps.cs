using System.Collections.Concurrent;

namespace Millrace.Hosting.Running;

/// <summary>
/// What other threads want done on the engine's thread between two steps, or in a long one where the engine can be
/// read, so that each sees one moment and nobody locks rows. Any number of threads post; the engine's runs. Bounded:
/// who comes when too many wait gets the fallback.
/// </summary>
internal sealed class BetweenSteps
{
    /// <summary>So many may wait for the next moment between steps, and as many for positions.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentQueue<Action<bool>> posted = [];
    private readonly PriorityQueue<TaskCompletionSource<bool>, long> waiters = new();
    private volatile bool isClosed;

    /// <summary>Called after each post; wakes the engine.</summary>
    public Action Posted { get; set; } = static () => { };

    /// <summary>
    /// Runs a function that reads, between two steps or within one; the fallback is the result when the engine has
    /// ended or too many wait.
    /// </summary>
    public Task<T> Ask<T>(Func<T> read, T ended)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(Most, isRunning =>
        {
            try
            {
                answer.TrySetResult(isRunning ? read() : ended);
            }
            catch (Exception e)
            {
                answer.TrySetException(e);
            }
        });
        return answer.Task;
    }

    /// <summary>
    /// Completes with true once the engine has passed a position, with false when it ends before or too many wait.
    /// </summary>
    public Task<bool> WaitFor(long position) => WaitFor(position, Most);

    /// <summary>The same for who stops the engine: however many wait.</summary>
    public Task<bool> WaitForLast(long position) => WaitFor(position, int.MaxValue);

    private Task<bool> WaitFor(long position, int most)
    {
        TaskCompletionSource<bool> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(most, isRunning =>
        {
            if (isRunning && waiters.Count < most)
            {
                waiters.Enqueue(answer, position);
            }
            else
            {
                answer.TrySetResult(false);
            }
        });
        return answer.Task;
    }

    /// <summary>On the engine's thread, within a step where the engine can be read: only what was asked.</summary>
    public void Answer()
    {
        while (posted.TryDequeue(out Action<bool>? action))
        {
            action(true);
        }
    }

    /// <summary>On the engine's thread, when everything below a position has been processed.</summary>
    public void Run(long position)
    {
        Answer();
        while (waiters.TryPeek(out TaskCompletionSource<bool>? waiter, out long wanted) && wanted <= position)
        {
            waiters.Dequeue();
            waiter.TrySetResult(true);
        }
    }

    /// <summary>On the engine's thread, at its end: everyone gets the fallback, now and from now on.</summary>
    public void Close()
    {
        isClosed = true;
        Refuse();
        while (waiters.TryDequeue(out TaskCompletionSource<bool>? waiter, out _))
        {
            waiter.TrySetResult(false);
        }
    }

    private void Post(int most, Action<bool> action)
    {
        if (posted.Count >= most)
        {
            action(false);
            return;
        }

        posted.Enqueue(action);
        if (isClosed)
        {
            Refuse();
        }

        Posted();
    }

    private void Refuse()
    {
        while (posted.TryDequeue(out Action<bool>? action))
        {
            action(false);
        }
    }
}
