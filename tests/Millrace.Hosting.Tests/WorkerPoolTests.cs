using Millrace.Hosting.Workers;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_runs_once(int threads)
    {
        using WorkerPool pool = new(threads);
        for (int round = 0; round < 500; round++)
        {
            int[] calls = new int[round % 9];
            pool.Run(calls.Length, i => Interlocked.Increment(ref calls[i]));
            Assert.All(calls, c => Assert.Equal(1, c));
        }
    }

    [Fact]
    public void What_a_part_throws_is_thrown_and_the_pool_goes_on()
    {
        using WorkerPool pool = new(3);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(8, i =>
        {
            if (i == 5)
            {
                throw new InvalidOperationException("five");
            }
        }));
        Assert.Equal("five", thrown.Message);

        int sum = 0;
        pool.Run(4, i => Interlocked.Add(ref sum, i));
        Assert.Equal(6, sum);
    }
}
