using System.Net;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// The clients of one life of the process. Life n has the event times of minutes 10 n on, so that every life closes the
/// windows of the one before, and clients differ by less than the allowed disorder: no event is late. The catalogue
/// changes all the time, for the next life: what an event joins must not depend on when it came.
/// </summary>
internal sealed class KillClients(ServedProject project, SentEvents sent, int life, Random random)
{
    public const int Sessions = 40;

    /// <summary>By how much events may be out of order, as the example has it.</summary>
    public const long DisorderMs = 5_000;

    public const int Pages = 12;

    private const int ProductCount = 8;
    private const int EventsPerLife = 9_000;
    private const double SecondsPerEvent = 0.0005;
    private static readonly int[] BatchSizes = [1, 1, 8, 60];
    private static readonly string[] Types = ["page_view", "click", "add_to_cart", "purchase", "search", "nonsense"];

    private readonly int[] seeds = [.. Enumerable.Range(0, BatchSizes.Length + 2).Select(_ => random.Next())];
    private volatile bool isDying;
    private volatile bool isOver;

    public static long StartMs(int life) => ShopEvent.Start.AddMinutes(10 * life).ToUnixTimeMilliseconds();

    /// <summary>Posts from several clients until the process was killed.</summary>
    public async Task PostUntilAsync(Func<Task> kill)
    {
        Task[] clients =
        [
            .. BatchSizes.Select((size, c) => Task.Run(() => PostEventsAsync(size, new Random(seeds[c])))),
            Task.Run(() => PostVisitsAsync(new Random(seeds[^2]))),
            Task.Run(() => ChangeCatalogueAsync(new Random(seeds[^1]))),
        ];
        await kill();
        isOver = true;
        await Task.WhenAll(clients);
    }

    /// <summary>To be said before the process is killed: from now on a broken connection is no failure.</summary>
    public void Dying() => isDying = true;

    /// <summary>
    /// One event of each session that no model drops, so that the watermark of every partition moves; and a visit.
    /// </summary>
    public async Task PostOfEachSessionAsync()
    {
        await PostAsync([.. Enumerable.Range(0, Sessions).Select(s => Click(s, Types[0])!)]);
        await PostAsync([Visit(0)!]);
    }

    /// <summary>
    /// Versions of some products for a life. What was on its way when the process died is sent again, so that the last
    /// version sent is the one that holds.
    /// </summary>
    public async Task PostCatalogueAsync(int forLife, Random choice)
    {
        long from = StartMs(forLife);
        ProductVersion[] versions = [.. Enumerable.Range(0, 1 + choice.Next(3)).Select(_ =>
        {
            string id = $"p{choice.Next(ProductCount)}";
            return new ProductVersion(id, ShopEvent.Product(id, $"c{choice.Next(3)}", choice.Next(4000) / 4.0), from);
        })];
        sent.Products.AddRange(versions);
        await PostProductsAsync(versions, from);
    }

    /// <summary>The newest version of each product of this life once more.</summary>
    public async Task RepeatCatalogueAsync()
    {
        long from = StartMs(life);
        ProductVersion[] last =
            [.. sent.Products.Where(p => p.FromMs == from).GroupBy(p => p.Id).Select(g => g.Last())];
        if (last.Length > 0)
        {
            await PostProductsAsync(last, from);
        }
    }

    /// <summary>What was never answered once more, as a client does that wants each event to be there.</summary>
    public async Task RepeatEventsAsync()
    {
        while (sent.Unanswered.TryDequeue(out UnansweredRequest? request))
        {
            sent.Repeated.UnionWith(request.Events.Select(e => e.Id));
            await PostAsync(request.Events);
        }
    }

    private Task PostEventsAsync(int size, Random choice) => PostBatchesAsync(
        () => [.. Enumerable.Range(0, size).Select(_ => Click(choice.Next(Sessions)))]);

    private Task PostVisitsAsync(Random choice) => PostBatchesAsync(
        () => [.. Enumerable.Range(0, 1 + choice.Next(40)).Select(_ => Visit(choice.Next(Pages)))]);

    // Until the life has had as many events as its clocks may differ by, or has ended.
    private async Task PostBatchesAsync(Func<SentEvent?[]> next)
    {
        while (!isOver)
        {
            SentEvent[] events = [.. next().OfType<SentEvent>()];
            if (events.Length == 0)
            {
                return;
            }

            if (!await PostAsync(events))
            {
                return;
            }
        }
    }

    private async Task ChangeCatalogueAsync(Random choice)
    {
        while (!isOver)
        {
            await PostCatalogueAsync(life + 1, choice);
            await Task.Delay(choice.Next(5));
        }
    }

    private async Task PostProductsAsync(IReadOnlyList<ProductVersion> versions, long from)
    {
        Answer? answer = await SendAsync(
            $"/v1/sources/products/events?timestamp={from}", ShopEvent.Array(versions.Select(v => v.Json)));
        Assert.True(answer is null or { Status: HttpStatusCode.OK }, answer?.ToString());
    }

    private SentEvent? Click(int session, string? type = null) => NextEvent("clickstream", (id, n, second) =>
    {
        string? product = n % 4 == 0 ? null : $"p{n % (ProductCount + 1)}";
        return ShopEvent.Json(id, $"s{session}", type ?? Types[n % 6], product, second);
    });

    private SentEvent? Visit(int page) =>
        NextEvent("visits", (id, _, second) => ShopEvent.Visit(id, $"/{page}", second));

    // Null when the life has had as many events as its clocks may differ by.
    private SentEvent? NextEvent(string source, Func<string, int, double, string> json)
    {
        int n = sent.Next();
        if (n > EventsPerLife)
        {
            return null;
        }

        string id = $"e{life}-{n}";
        double second = (life * 600) + (n * SecondsPerEvent);
        SentEvent next = new(source, id, second, json(id, n, second));
        sent.Sent.Add(next);
        return next;
    }

    // False when the process has died upon it.
    private async Task<bool> PostAsync(IReadOnlyList<SentEvent> events)
    {
        Answer? answer = await SendAsync(
            $"/v1/sources/{events[0].Source}/events", ShopEvent.Lines(events.Select(e => e.Json)));
        if (answer is null)
        {
            sent.Unanswered.Enqueue(new UnansweredRequest(events));
            return false;
        }

        if (answer.Status == HttpStatusCode.OK)
        {
            Assert.Equal(events.Count, (int)answer.Json!["accepted"]!);
            events.ToList().ForEach(sent.Acknowledged.Add);
        }

        return true;
    }

    // Null when it was killed under way: whether it was taken is not known.
    private async Task<Answer?> SendAsync(string path, string body)
    {
        string type = body[0] == '{' ? "application/x-ndjson" : "application/json";
        sent.Asked();
        try
        {
            return await project.PostAsync(path, body, type);
        }
        catch (Exception fault) when (isDying && fault is HttpRequestException or IOException)
        {
            return null;
        }
        finally
        {
            sent.Answered();
        }
    }
}
