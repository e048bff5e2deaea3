using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// The example, set so that what happens seldom happens often: snapshots several times a second, small segments, a
/// catalogue that is compacted, and events that are sent again. Models are the example's.
/// </summary>
internal static class KillProject
{
    public static string Write(TempFolder folder)
    {
        string copy = Checkout.CopyExample(folder, "models/user_sessions.yml", Sessions);
        Edit(copy, "models/product_popularity.yml", Small);
        Edit(copy, "models/events_clean.yml", Small);
        Edit(copy, "models/events_enriched.yml", Small);
        Edit(copy, "sources/events.yml", Sources);
        return copy;
    }

    private static void Edit(string copy, string file, Func<string, string> edit)
    {
        string path = Path.Combine(copy, file);
        File.WriteAllText(path, edit(File.ReadAllText(path)));
    }

    private static string Sessions(string text) =>
        Replace(Small(text), "checkpoint_interval: 60000", "checkpoint_interval: 300");

    private static string Small(string text) =>
        Replace(text, "      topic:\n", "      topic:\n        config: { segment.bytes: 16384 }\n");

    private static string Sources(string text) => Replace(
        Replace(
            text,
            "    topic: ecom.clickstream.v1\n",
            "    topic: ecom.clickstream.v1\n    dedup: { key: event_id, window: 24h }\n"
            + "    advanced: { topic: { config: { segment.bytes: 262144 } } }\n"),
        "    topic: ecom.products.v1\n",
        "    topic: ecom.products.v1\n"
        + "    advanced: { topic: { config: { segment.bytes: 4096, cleanup.policy: compact } } }\n");

    private static string Replace(string text, string what, string with) =>
        text.Contains(what, StringComparison.Ordinal)
            ? text.Replace(what, with, StringComparison.Ordinal)
            : throw new InvalidOperationException($"the example has no {what}");
}
