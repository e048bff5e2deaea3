using System.Runtime.ExceptionServices;

namespace Millrace.Hosting.Workers;

/// <summary>Runs parts of a start on as many threads as there are processors.</summary>
internal static class PartRunner
{
    /// <summary>
    /// Calls the action for 0 to count − 1, each once, and returns when all have returned. What one of them throws is
    /// thrown here.
    /// </summary>
    public static void Run(int count, Action<int> part)
    {
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(0, count, options, part);
        }
        catch (AggregateException thrown)
        {
            ExceptionDispatchInfo.Throw(thrown.InnerExceptions[0]);
        }
    }
}
