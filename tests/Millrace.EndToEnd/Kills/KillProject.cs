using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// The example, set so that what happens seldom happens often: snapshots several times a second. Models and topics are
/// the example's.
/// </summary>
internal static class KillProject
{
    public static string Write(TempFolder folder) => Checkout.CopyExample(
        folder,
        "models/user_sessions.yml",
        text => text.Replace("checkpoint_interval: 60000", "checkpoint_interval: 300", StringComparison.Ordinal));
}
