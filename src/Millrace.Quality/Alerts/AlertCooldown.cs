namespace Millrace.Quality.Alerts;

/// <summary>
/// Decides whether a failing test may speak again: once, then not before the cooldown is over. Not thread-safe.
/// </summary>
internal sealed class AlertCooldown
{
    /// <summary>What holds where a test names no cooldown: 15 minutes.</summary>
    public const long DefaultMs = 15 * 60_000;

    private readonly Dictionary<string, long> lastMs = [];

    public bool TryPass(string test, long cooldownMs, long nowMs)
    {
        if (lastMs.TryGetValue(test, out long last) && nowMs - last < cooldownMs)
        {
            return false;
        }

        lastMs[test] = nowMs;
        return true;
    }
}
