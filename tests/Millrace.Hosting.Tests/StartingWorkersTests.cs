using Millrace.Hosting.Workers;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class StartingWorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_runs_once_while_it_starts_and_after_it(int threads)
    {
        using StartingWorkers workers = new(2, threads);
        int[] calls = new int[workers.Count];
        workers.Run(workers.Count, i => Interlocked.Increment(ref calls[i]));
        workers.Settle();
        workers.Run(workers.Count, i => Interlocked.Increment(ref calls[i]));

        Assert.Equal(Math.Max(threads, 2), workers.Count);
        Assert.All(calls, c => Assert.Equal(2, c));
    }

    [Fact]
    public void One_thread_is_left_to_itself_after_a_start()
    {
        using StartingWorkers workers = new(2, 1);
        workers.Settle();
        int[] threads = new int[4];
        workers.Run(threads.Length, i => threads[i] = Environment.CurrentManagedThreadId);

        Assert.All(threads, t => Assert.Equal(Environment.CurrentManagedThreadId, t));
    }

    [Fact]
    public void A_start_meets_on_two_threads()
    {
        using StartingWorkers workers = new(2, 1);
        // Neither part ends unless both are under way.
        using Barrier both = new(2);
        workers.Run(2, _ => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1))));
    }
}
