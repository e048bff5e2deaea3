namespace Millrace.EndToEnd;

/// <summary>
/// Waits for conditions of a running process. The limit is so generous that only what never comes is cut off.
/// </summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Asks again until the answer is good; the last answer is in the failure's message.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> isGood, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            T answer = await ask();
            if (isGood(answer))
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException($"{what} did not come in {Limit.TotalSeconds} s; last: {answer}");
            }

            await Task.Delay(Pause);
        }
    }

    public static Task True(Func<bool> condition, string what) =>
        Get(() => Task.FromResult(condition()), good => good, what);
}
