namespace Millrace.Quality.Alerts;

/// <summary>
/// Decides whether a failing test may speak again: once, then not before the cooldown is over. One that nobody took
/// does not count; it is tried again after a minute. Thread-safe.
/// </summary>
internal sealed class AlertCooldown
{
    /// <summary>What holds where a test names no cooldown: 15 minutes.</summary>
    public const long DefaultMs = 15 * 60_000;

    /// <summary>How long after a failed alert the next one goes out, where the cooldown is longer.</summary>
    public const long RetryMs = 60_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> nextMs = [];
    private readonly Dictionary<string, (string Problem, long AtMs)> said = [];

    /// <summary>Whether an alert may go out now; if so, the next one may after the cooldown.</summary>
    public bool TryPass(string alert, long cooldownMs, long nowMs)
    {
        lock (gate)
        {
            if (nextMs.TryGetValue(alert, out long next) && nowMs < next)
            {
                return false;
            }

            nextMs[alert] = nowMs + cooldownMs;
            return true;
        }
    }

    /// <summary>Notes that the alert that passed last was taken.</summary>
    public void Succeed(string alert)
    {
        lock (gate)
        {
            said.Remove(alert);
        }
    }

    /// <summary>
    /// Notes that the alert that passed at a time was not taken. True when its problem should be said: it is another
    /// one than before, or was last said a cooldown ago.
    /// </summary>
    public bool Fail(string alert, string problem, long cooldownMs, long atMs)
    {
        lock (gate)
        {
            nextMs[alert] = atMs + Math.Min(cooldownMs, RetryMs);
            bool isKnown = said.TryGetValue(alert, out (string Problem, long AtMs) last) && last.Problem == problem
                && atMs - last.AtMs < cooldownMs;
            if (!isKnown)
            {
                said[alert] = (problem, atMs);
            }

            return !isKnown;
        }
    }
}
