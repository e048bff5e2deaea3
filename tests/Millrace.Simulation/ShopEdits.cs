namespace Millrace.Simulation;

/// <summary>What somebody has changed in the example's project.</summary>
[Flags]
internal enum ShopEdits
{
    None = 0,

    /// <summary>Words only: nothing changes.</summary>
    Described = 1,

    /// <summary>A column more in a stateless model, above the windows.</summary>
    Wider = 2,

    /// <summary>Other rows from the first model on: all is computed anew.</summary>
    Filtered = 4,

    /// <summary>Another window of one model.</summary>
    Longer = 8,

    /// <summary>A column more in a window: its state does not have it.</summary>
    Counted = 16,

    /// <summary>One model less.</summary>
    Removed = 32,

    /// <summary>One model more.</summary>
    Added = 64,

    All = 127,
}

/// <summary>Applies edits to the example's files.</summary>
internal static class ShopEdit
{
    private const string More = """

          - name: purchases
            key: product_id
            sql: |
              SELECT product_id, TUMBLE_START(`timestamp`, INTERVAL '10' MINUTE) AS window_start, COUNT(*) AS sold
              FROM {{ ref("events_enriched") }}
              WHERE event_type = 'purchase'
              GROUP BY product_id, TUMBLE(`timestamp`, INTERVAL '10' MINUTE)

        """;

    /// <summary>A file's text, or null when the file is gone.</summary>
    public static string? Apply(ShopEdits edits, string path, string text)
    {
        bool Has(ShopEdits edit) => edits.HasFlag(edit);
        return path switch
        {
            "models/events_clean.yml" when Has(ShopEdits.Filtered) => Replace(text, "'click', ", ""),
            "models/events_enriched.yml" => Enriched(edits, text),
            "models/product_popularity.yml" when Has(ShopEdits.Removed) => null,
            "models/product_popularity.yml" when Has(ShopEdits.Longer) =>
                Replace(text, "INTERVAL '5' MINUTE", "INTERVAL '10' MINUTE"),
            "models/user_sessions.yml" when Has(ShopEdits.Counted) =>
                Replace(text, "COUNT(*) as event_count,", "COUNT(*) as event_count, MIN(product_price) as least,"),
            _ => text,
        };
    }

    private static string Enriched(ShopEdits edits, string text)
    {
        string result = edits.HasFlag(ShopEdits.Described)
            ? Replace(text, "Events enriched with product details", "What people did, and with what")
            : text;
        result = edits.HasFlag(ShopEdits.Wider)
            ? Replace(result, "e.country,", "e.country, COALESCE(e.country, 'nowhere') as land,")
            : result;
        return edits.HasFlag(ShopEdits.Added) ? result.TrimEnd() + "\n" + More : result;
    }

    private static string Replace(string text, string what, string with) =>
        text.Contains(what, StringComparison.Ordinal)
            ? text.Replace(what, with, StringComparison.Ordinal)
            : throw new InvalidOperationException($"the example has no {what}");
}
