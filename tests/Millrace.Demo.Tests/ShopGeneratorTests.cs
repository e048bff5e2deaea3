using System.Text;
using System.Text.Json;
using Xunit;

namespace Millrace.Demo.Tests;

public sealed class ShopGeneratorTests
{
    private static readonly ShopOptions Options = new()
    {
        Users = 300,
        Products = 200,
        EventsPerSecond = 50,
        PriceChangesPerSecond = 0.5,
        BadShare = 0.01,
        LateShare = 0.01,
    };

    [Fact]
    public void Same_options_give_same_bytes_however_cut()
    {
        (string events, string products) = Generate(Options, 5_000, 5_000);

        Assert.Equal((events, products), Generate(Options, 5_000, 7));
        Assert.NotEqual(events, Generate(Options with { Seed = 2 }, 5_000, 5_000).Events);
    }

    [Fact]
    public void Nothing_arrives_before_its_time()
    {
        ShopGenerator generator = new(Options);
        ShopBatch batch = new();
        generator.Next(batch, 100);
        long until = Options.StartMs + 60_000;
        int count = 0;
        while (generator.Next(batch, 64, until))
        {
            count += batch.Events.Count;
            Assert.True(batch.ArrivedMs < until);
        }

        Assert.True(generator.NextArrivalMs >= until);

        // 10:00 UTC is a little above the mean of 50 a second.
        Assert.InRange(count, 2_700, 4_200);
    }

    [Fact]
    public void Catalogue_comes_first_and_prices_change()
    {
        string[] lines = Lines(Generate(Options, 10_000, 1_000).Products);
        List<JsonElement> rows = [.. lines.Select(l => JsonDocument.Parse(l).RootElement)];
        List<string> ids = [.. rows.Select(r => r.GetProperty("product_id").GetString()!)];

        Assert.InRange(ids.Distinct().Count(), 170, 199);
        Assert.True(rows.Count > ids.Distinct().Count() + 50);
        Assert.All(rows, r => Assert.True(r.GetProperty("price").GetDecimal() > 0));
    }

    [Fact]
    public void Visits_look_like_visits()
    {
        List<JsonElement> events = Parsed(Generate(Options, 20_000, 1_000).Events);

        string[] types = [.. events.Select(e => Text(e, "event_type")!).Distinct().Order()];
        Assert.Equal(["add_to_cart", "click", "page_view", "purchase", "remove_from_cart", "scroll", "search"], types);

        var visits = events.Where(e => Text(e, "session_id") is not null).GroupBy(e => Text(e, "session_id")).ToList();
        Assert.InRange((double)events.Count / visits.Count, 4, 20);
        Assert.Contains(visits, v => v.Select(e => Text(e, "user_id") is null).Distinct().Count() == 2);
        Assert.All(events.Where(e => Text(e, "event_type") == "purchase"), e => Assert.NotNull(Text(e, "user_id")));
        Assert.All(events.Where(e => Text(e, "event_type") == "search"), e => Assert.NotNull(Text(e, "search_query")));
        Assert.True(visits.GroupBy(v => Text(v.First(), "anonymous_id")).Max(g => g.Count()) > 3, "visitors return");

        var byProduct = events.GroupBy(e => Text(e, "product_id")).Where(g => g.Key is not null);
        int[] views = [.. byProduct.Select(g => g.Count()).Order()];
        Assert.True(views[^1] > 10 * views[views.Length / 2], "some products are much more popular than others");
    }

    [Fact]
    public void Spoils_the_share_that_was_asked_for()
    {
        string[] lines = Lines(Generate(Options, 20_000, 1_000).Events);
        List<JsonElement> events = Parsed(string.Join('\n', lines));
        DateTime latest = DateTime.MinValue;
        int late = 0;
        foreach (JsonElement e in events)
        {
            DateTime time = e.GetProperty("timestamp").GetDateTime();
            latest = time > latest ? time : latest;
            late += time < latest.AddSeconds(-60) ? 1 : 0;
        }

        Assert.InRange(lines.Length - events.Count, 120, 280);
        Assert.InRange(late, 120, 280);
        Assert.Contains(events, e => Text(e, "event_id") is null);
        Assert.Contains(events, e => Text(e, "session_id") is null);
    }

    [Fact]
    public void A_day_has_a_shape()
    {
        ShopOptions day = Options with { EventsPerSecond = 1, StartMs = 1_704_067_200_000, BadShare = 0 };
        ShopGenerator generator = new(day);
        ShopBatch batch = new();
        int[] perHour = new int[24];
        for (int hour = 0; hour < 24; hour++)
        {
            while (generator.Next(batch, 10_000, day.StartMs + ((hour + 1) * 3_600_000L)))
            {
                perHour[hour] += batch.Events.Count;
            }
        }

        Assert.InRange(perHour.Sum(), 80_000, 93_000);
        Assert.True(perHour[20] > 3 * perHour[3]);
    }

    private static (string Events, string Products) Generate(ShopOptions options, int events, int perBatch)
    {
        ShopGenerator generator = new(options);
        ShopBatch batch = new();
        StringBuilder clicks = new();
        StringBuilder products = new();
        for (int count = 0; count < events; count += batch.Events.Count)
        {
            Assert.True(generator.Next(batch, Math.Min(perBatch, events - count)));
            clicks.Append(Encoding.UTF8.GetString(batch.Events.Span));
            products.Append(Encoding.UTF8.GetString(batch.Products.Span));
        }

        return (clicks.ToString(), products.ToString());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<JsonElement> Parsed(string text)
    {
        List<JsonElement> events = [];
        foreach (string line in Lines(text))
        {
            try
            {
                JsonElement e = JsonDocument.Parse(line).RootElement;
                if (e.ValueKind == JsonValueKind.Object && e.GetProperty("timestamp").TryGetDateTime(out _))
                {
                    events.Add(e);
                }
            }
            catch (JsonException)
            {
                // A spoilt line: the caller counts what is missing.
            }
        }

        return events;
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
