namespace Millrace.Hosting.Workers;

/// <summary>
/// One of the things that a runtime does, apart from the question which thread does it: all of its work is in <see
/// cref="TryRunOnce"/>, which never waits for another thread or for time to pass. One thread at a time.
/// </summary>
internal interface IActivity
{
    /// <summary>What it is called: the thread's name, and in reports.</summary>
    string Name { get; }

    /// <summary>It is asked at least this often, for what becomes due with time.</summary>
    TimeSpan AskedEvery { get; }

    /// <summary>
    /// Called, by any thread, when there is work for it now. Whoever runs it sets this before the first run.
    /// </summary>
    Action Woken { get; set; }

    /// <summary>Does a piece of work, bounded in length; false when there is none to do now.</summary>
    bool TryRunOnce();

    /// <summary>It will not be run again: nobody shall wait for it.</summary>
    void End();
}
