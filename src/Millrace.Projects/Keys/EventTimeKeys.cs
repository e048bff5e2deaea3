namespace Millrace.Projects;

/// <summary>The keys of <c>event_time:</c>, directly or under <c>advanced:</c>.</summary>
internal static class EventTimeKeys
{
    private static readonly YamlKey[] Delay =
        KeySet.Duration("max_out_of_orderness", "how far out of order rows may come; default 5s");

    private static readonly KeySet Watermark = new(
        "a watermark",
        [
            new("strategy", "text", "`bounded_out_of_orderness` (default) or `monotonously_increasing`: no delay"),
            .. Delay,
        ]);

    public static readonly KeySet Set = new(
        "event_time",
        [
            new("column", "text", "the time column; default the column that windows and AS OF use"),
            new("watermark", "duration or mapping", "how far out of order rows may come", Nested: Watermark),
            .. Delay,
            .. KeySet.Duration(
                "idle_after", "silence after which a partition stops holding back; default 10s, 0s means never"),
            new("close_when_idle", "true or false",
                "whether windows close by the clock when every partition is idle; default true. Flink never does"),
            .. KeySet.Duration("allowed_lateness", "windows drop what comes behind the watermark into `<model>$late`",
                KeyUse.NotYet),
        ]);
}
