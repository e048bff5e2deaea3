namespace Millrace.Engine;

/// <summary>Runs parts of a step at once. The engine has no threads of its own.</summary>
public interface IWorkers
{
    /// <summary>Into how many parts work is cut, at least 1. Fixed.</summary>
    int Count { get; }

    /// <summary>Calls the action for 0 to count − 1, each once, on any threads, and returns when all have returned.
    /// What one of them throws is thrown here. Everything written before is visible to the calls, what they write to
    /// the caller.</summary>
    void Run(int count, Action<int> action);
}

/// <summary>Cuts work into parts and runs them one after another on the caller's thread.</summary>
public sealed class SequentialWorkers(int count = 1) : IWorkers
{
    public int Count { get; } = count;

    public void Run(int count, Action<int> action)
    {
        for (int i = 0; i < count; i++)
        {
            action(i);
        }
    }
}
