namespace Millrace.Engine.Tests.Streams;

/// <summary>Runs parts on the threads of the platform's pool.</summary>
internal sealed class ThreadPoolWorkers(int count) : IWorkers
{
    public int Count => count;

    public void Run(int parts, Action<int> action) => Parallel.For(0, parts, action);
}
