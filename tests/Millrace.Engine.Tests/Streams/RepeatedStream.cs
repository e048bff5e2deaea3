using System.Text.Json;

namespace Millrace.Engine.Tests.Streams;

/// <summary>Traffic of the small shop in which clicks come again, soon or late, with timestamps of the log that jump;
/// and what a dictionary says that is left of it.</summary>
internal static class RepeatedStream
{
    public const long WindowMs = 6_000;

    public static List<StreamItem> Create(int seed, int count)
    {
        Random random = new(seed ^ 0x5EED);
        List<StreamItem> items = ShopStream.Create(seed, count);
        for (int i = 1; i < items.Count; i++)
        {
            int from = Math.Max(0, i - random.Next(1, 30));
            if (items[i] is RecordItem { Source: "clicks" } click)
            {
                long timestamp = click.Timestamp - (random.Next(6) == 0 ? random.Next(9_000) : 0);
                bool repeats = random.Next(3) == 0 && items[from] is RecordItem { Source: "clicks" };
                string? value = repeats ? ((RecordItem)items[from]).Value : click.Value;
                items[i] = click with { Value = value, Timestamp = timestamp };
            }
        }

        return items;
    }

    /// <summary>The same with nothing in the place of every click that repeats one.</summary>
    public static List<StreamItem> WithoutRepeated(IEnumerable<StreamItem> items, out int repeated)
    {
        Dictionary<string, long> seen = new(StringComparer.Ordinal);
        long now = long.MinValue;
        List<StreamItem> left = [];
        repeated = 0;
        foreach (StreamItem item in items)
        {
            bool repeats = false;
            if (item is RecordItem { Source: "clicks" } click)
            {
                now = Math.Max(now, click.Timestamp);
                if (KeyOf(click.Value) is { } key)
                {
                    repeats = seen.TryGetValue(key, out long time) && now - time < WindowMs;
                    seen[key] = repeats ? time : now;
                }
            }

            left.Add(repeats ? new EmptyItem() : item);
            repeated += repeats ? 1 : 0;
        }

        return left;
    }

    private static string? KeyOf(string? json)
    {
        try
        {
            return json is null ? null : JsonDocument.Parse(json).RootElement.GetProperty("event_id").GetString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
