namespace Millrace.Hosting.Running;

/// <summary>What is done on the engine's thread between two steps, a millisecond or so at a time.</summary>
internal interface IInterlude
{
    /// <summary>Does a piece; false when there is none to do now.</summary>
    /// <param name="run">What runs.</param>
    /// <param name="isIdle">Whether there was nothing to step over, so that nobody waits for the thread.</param>
    bool TryAdvance(ProjectRun run, bool isIdle);

    /// <summary>There will be no step any more.</summary>
    void End();
}
