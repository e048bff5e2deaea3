namespace Millrace.Hosting.Running;

/// <summary>How far the engine has come since the start.</summary>
internal enum EnginePhase
{
    Beginning,

    /// <summary>What an earlier process had done is done again, without writing it again.</summary>
    Replaying,

    /// <summary>What had been committed then, and not processed.</summary>
    CatchingUp,

    Running,
}
