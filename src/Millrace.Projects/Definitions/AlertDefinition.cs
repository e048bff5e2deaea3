using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Where an alert goes.</summary>
public enum AlertChannel
{
    /// <summary>A Slack incoming webhook: POST of <c>{"text": ..}</c>.</summary>
    Slack,

    /// <summary>Any HTTP address: POST of a JSON object.</summary>
    Webhook,
}

/// <summary>An alert that a failing test sends.</summary>
/// <param name="Channel">The kind of receiver.</param>
/// <param name="Room">The Slack channel to name in the message (<c>#data-alerts</c>), or null for the webhook's
/// own.</param>
/// <param name="Webhook">The address; needed only when the alert is sent.</param>
/// <param name="CooldownMs">Least milliseconds between two alerts of the test, or null for the default.</param>
/// <param name="Location">The alert's key, in the file.</param>
public sealed record AlertDefinition(
    AlertChannel Channel, string? Room, LateText Webhook, long? CooldownMs, Location Location);
