using System.Globalization;
using Millrace.EndToEnd.Processes;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// The example, set so that what happens seldom happens often: snapshots several times a second, small segments,
/// records that are let go, compacted, compressed, dropped because they came before. Two of its models change again and
/// again: one is rebuilt with another window, one goes on with another column. What is rebuilt reads a source that
/// keeps all: so every rebuild gives the rows of an undisturbed run.
/// </summary>
internal sealed class KillProject
{
    /// <summary>
    /// How the column's name begins that <c>user_sessions</c> has beside the example's; then comes how often it counts
    /// each event.
    /// </summary>
    public const string FactorPrefix = "events_times_";

    private static readonly int[] WindowMinutes = [5, 10, 2, 4, 3];
    private readonly string sessions;
    private int columns;
    private int windows;

    public KillProject(TempFolder folder)
    {
        Path = Checkout.CopyExample(folder, "models/user_sessions.yml", t =>
            Replace(t, "checkpoint_interval: 60000", "checkpoint_interval: 100"));
        Edit("models/user_sessions.yml", t => Config(t, "segment.bytes: 16384"));
        Edit("models/product_popularity.yml", t => Config(t, "segment.bytes: 1024, cleanup.policy: compact"));
        Edit("models/events_clean.yml", t => Config(t, "segment.bytes: 2048, retention.bytes: 4096"));
        Edit("models/events_enriched.yml", t => Config(t, "segment.bytes: 16384, compression.type: zstd"));
        Edit("sources/events.yml", Sources);
        sessions = File.ReadAllText(FileOf("models/user_sessions.yml"));
        Write();
    }

    public string Path { get; }

    /// <summary>
    /// Changes both models, or the column only, to what they have not been lately: whatever of the last changes has
    /// taken over, this is another project.
    /// </summary>
    public void Change(bool isRebuilt)
    {
        columns++;
        windows += isRebuilt ? 1 : 0;
        Write();
    }

    private void Write()
    {
        string column = string.Create(
            CultureInfo.InvariantCulture, $"COUNT(*) * {columns} as {FactorPrefix}{columns},");
        File.WriteAllText(FileOf("models/user_sessions.yml"), Replace(
            sessions, "COUNT(*) as event_count,", "COUNT(*) as event_count, " + column));
        File.WriteAllText(FileOf("models/page_visits.yml"), Visits(WindowMinutes[windows % WindowMinutes.Length]));
    }

    private static string Visits(int minutes) =>
        $$$"""
        models:
          - name: page_visits
            key: page
            sql: |
              SELECT page,
                TUMBLE_START(`timestamp`, INTERVAL '{{{minutes}}}' MINUTE) as window_start,
                TUMBLE_END(`timestamp`, INTERVAL '{{{minutes}}}' MINUTE) as window_end,
                COUNT(*) as visits,
                COUNT(DISTINCT event_id) as visits_once
              FROM {{ source("visits") }}
              GROUP BY page, TUMBLE(`timestamp`, INTERVAL '{{{minutes}}}' MINUTE)
            advanced:
              topic: { name: ecom.page-visits.v1, partitions: 3, config: { segment.bytes: 4096 } }

        """;

    private static string Config(string text, string settings) =>
        Replace(text, "      topic:\n", $"      topic:\n        config: {{ {settings} }}\n");

    private static string Sources(string text) => Replace(
        Replace(
            text,
            "    topic: ecom.clickstream.v1\n",
            "    topic: ecom.clickstream.v1\n    dedup: { key: event_id, window: 24h }\n"
            + Advanced("segment.bytes: 65536, segment.ms: 1000, retention.ms: 3000, compression.type: lz4")),
        "    topic: ecom.products.v1\n",
        "    topic: ecom.products.v1\n" + Advanced("segment.bytes: 4096, cleanup.policy: compact"))
        + """

          - name: visits
            topic: ecom.visits.v1
            dedup: { key: event_id, window: 24h }
            columns:
              - name: event_id
              - name: page
              - name: timestamp

        """;

    private static string Advanced(string settings) =>
        $"    advanced: {{ topic: {{ config: {{ {settings} }} }} }}\n";

    private void Edit(string file, Func<string, string> edit) =>
        File.WriteAllText(FileOf(file), edit(File.ReadAllText(FileOf(file))));

    private string FileOf(string name) => System.IO.Path.Combine(Path, name);

    private static string Replace(string text, string what, string with) =>
        text.Contains(what, StringComparison.Ordinal)
            ? text.Replace(what, with, StringComparison.Ordinal)
            : throw new InvalidOperationException($"the example has no {what}");
}
