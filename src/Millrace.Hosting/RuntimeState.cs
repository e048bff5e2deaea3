namespace Millrace.Hosting;

/// <summary>What a runtime is doing.</summary>
public enum RuntimeState
{
    /// <summary>It replays the log; records are taken, reads are not answered yet.</summary>
    Recovering,

    Running,

    /// <summary>
    /// A fault of the world or a bug stopped it; what was answered as durable is safe. Start it again.
    /// </summary>
    Faulted,

    Stopped,
}
