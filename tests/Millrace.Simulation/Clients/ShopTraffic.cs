using System.Globalization;
using System.Text;
using Millrace.Demo;

namespace Millrace.Simulation.Clients;

/// <summary>
/// What clients of the demonstration's shop send: the catalogue and its changes, events in requests of all sizes, some
/// late, malformed, incomplete, some sent twice, and deletions of products.
/// </summary>
internal sealed class ShopTraffic
{
    private readonly Random random;
    private readonly ShopGenerator generator;
    private readonly ShopBatch batch = new();
    private readonly Queue<ClientRequest> ready = [];
    private readonly List<string> recent = [];
    private readonly Scenario scenario;
    private int serial;

    public ShopTraffic(Scenario scenario, Random random)
    {
        this.scenario = scenario;
        this.random = random;
        generator = new ShopGenerator(new ShopOptions
        {
            Seed = (ulong)random.Next(),
            StartMs = Scenario.StartMs,
            EventsPerSecond = scenario.EventsPerSecond,
            Users = 30,
            Products = 12,
            DailyShape = false,
            BadShare = scenario.BadShare,
            LateShare = scenario.LateShare,
            IncompleteShare = 0.02,
            PriceChangesPerSecond = scenario.EventsPerSecond / 25,
            UnlistedShare = 0.1,
        });
    }

    /// <summary>The time at which the next event comes, ms since the epoch.</summary>
    public long NextArrivalMs => generator.NextArrivalMs;

    /// <summary>What is sent next.</summary>
    public ClientRequest Next()
    {
        while (ready.Count == 0)
        {
            Generate();
        }

        return ready.Dequeue();
    }

    private void Generate()
    {
        generator.Next(batch, 1 + random.Next(random.Next(4) == 0 ? 60 : 8));
        if (batch.Products.Count > 0)
        {
            ready.Enqueue(Request("products", Lines(batch.Products), batch.ProductsFromMs));
            if (scenario.Deletes && random.Next(6) == 0)
            {
                ready.Enqueue(new ClientRequest("products", [null], AnyProduct(), batch.ProductsFromMs));
            }
        }

        List<string> events = Lines(batch.Events);
        recent.AddRange(events);
        while (events.Count > 0)
        {
            int size = Math.Min(events.Count, 1 + random.Next(random.Next(3) == 0 ? 40 : 5));
            ready.Enqueue(Request("clickstream", events[..size], null));
            events.RemoveRange(0, size);
        }

        if (scenario.Repeats && recent.Count > 0 && random.Next(3) == 0)
        {
            ready.Enqueue(Request("clickstream", Again(), null));
        }
    }

    // What a client sends once more because it got no answer; its answer may have been lost, not the request.
    private List<string> Again()
    {
        int from = random.Next(Math.Max(0, recent.Count - 100), recent.Count);
        return recent[from..Math.Min(recent.Count, from + 1 + random.Next(6))];
    }

    private string AnyProduct()
    {
        string line = Encoding.UTF8.GetString(batch.Products.Span);
        const string Mark = "\"product_id\":\"";
        int start = line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return line[start..line.IndexOf('"', start)];
    }

    // A body whose first line is cut off could be taken for one value over several lines: such a line goes alone.
    private ClientRequest Request(string source, List<string> lines, long? timestampMs)
    {
        if (lines.Count > 1 && !lines[0].EndsWith('}'))
        {
            lines = lines[..1];
        }

        return new ClientRequest(source, [.. lines.Select(Unlike)], null, timestampMs);
    }

    // A field that no schema knows tells a record from all others, of bad ones a head.
    private string Unlike(string line)
    {
        string number = serial++.ToString(CultureInfo.InvariantCulture);
        return line.StartsWith('{') ? $"{{\"n\":{number},{line[1..]}" : $"#{number} {line}";
    }

    private static List<string> Lines(LineBuffer lines) =>
        [.. Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
