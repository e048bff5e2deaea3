namespace Millrace.Demo;

/// <summary>
/// A shop's traffic, for demonstration and benchmarks: rows of the sources <c>clickstream</c> and <c>products</c>, as
/// JSON lines. Visits with views, searches, carts and purchases; visitors that return and log in half-way; popular and
/// rare products; prices that change; a day's ebb and flow; a few late, incomplete and malformed events. A function of
/// its <see cref="ShopOptions"/> alone: the same options give the same bytes, however they are cut into batches. Not
/// thread-safe.
/// </summary>
public sealed class ShopGenerator
{
    private const double SecondsBetweenActions = 15;
    private const double MeanStepsPerVisit = 12;

    private readonly ShopOptions options;
    private readonly ShopCatalogue catalogue;
    private readonly AliasTable returning;
    private readonly ShopSession[] sessions;
    private readonly ShopVisitor[] visitors;
    private readonly EventWriter writer;
    private ShopRandom random;
    private long sessionNumber;
    private long eventNumber;
    private double clockMs;
    private double nextChangeMs;
    private bool isCatalogueWritten;

    public ShopGenerator(ShopOptions options)
    {
        this.options = options;
        random = new ShopRandom(options.Seed);
        catalogue = new ShopCatalogue(options);
        writer = new EventWriter(options, catalogue);
        returning = AliasTable.Zipf(Math.Max(1, options.Users), 0.6);
        int visits = (int)Math.Clamp(options.EventsPerSecond * SecondsBetweenActions, 8, 200_000);
        sessions = new ShopSession[visits];
        visitors = new ShopVisitor[visits];
        clockMs = options.StartMs;
        nextChangeMs = NextChange(clockMs);
        for (int i = 0; i < visits; i++)
        {
            visitors[i] = new ShopVisitor();
            Start(i);
        }

        AdvanceClock();
    }

    /// <summary>The time at which the next event arrives, milliseconds since the epoch.</summary>
    public long NextArrivalMs => (long)clockMs;

    /// <summary>
    /// Fills a batch with what arrives before <paramref name="untilMs"/>, at most so many events; fewer where a
    /// catalogue change has to go before the next event, so call until it returns false. The very first batch holds the
    /// whole catalogue, as of time 0, and no event. False when nothing arrives before that time (the batch is then
    /// empty).
    /// </summary>
    public bool Next(ShopBatch batch, int maxEvents, long untilMs = long.MaxValue)
    {
        batch.Clear();
        if (!isCatalogueWritten)
        {
            isCatalogueWritten = true;
            batch.ProductsFromMs = 0;
            catalogue.WriteAll(batch.Products);
            return true;
        }

        if (nextChangeMs <= clockMs && nextChangeMs < untilMs)
        {
            batch.ProductsFromMs = (long)nextChangeMs;
            batch.ArrivedMs = batch.ProductsFromMs;
            catalogue.WriteChange(batch.Products, ref random);
            nextChangeMs = NextChange(nextChangeMs);
        }

        while (batch.Events.Count < maxEvents && clockMs < untilMs && clockMs < nextChangeMs)
        {
            batch.ArrivedMs = (long)clockMs;
            WriteEvent(batch.Events);
            AdvanceClock();
        }

        return batch.Events.Count + batch.Products.Count > 0;
    }

    private void WriteEvent(LineBuffer output)
    {
        int slot = random.Below(sessions.Length);
        ref ShopSession session = ref sessions[slot];
        bool wasLoggedIn = session.IsLoggedIn;
        ShopAction action;
        int product;
        while (!session.TryAct(catalogue, ref random, out action, out product))
        {
            Start(slot);
            wasLoggedIn = session.IsLoggedIn;
        }

        ShopVisitor visitor = visitors[slot];
        session.IsLoggedIn |= visitor.HasAccount && random.Chance(0.05);
        if (session.IsLoggedIn != wasLoggedIn)
        {
            visitor.RenderHead(isLoggedIn: true);
        }

        writer.Write(output, visitor, action, product, session.IsFirst, eventNumber++, (long)clockMs, ref random);
        session.IsFirst = false;
    }

    private void Start(int slot)
    {
        ShopVisitor visitor = visitors[slot];
        visitor.Arrive(options.Seed, returning.Draw(ref random), sessionNumber++, catalogue.CategoryCount);
        int steps = 1 + (int)(-Math.Log(1 - random.Unit()) * MeanStepsPerVisit);
        bool isLoggedIn = visitor.HasAccount && random.Chance(0.4);
        if (isLoggedIn)
        {
            visitor.RenderHead(isLoggedIn: true);
        }

        sessions[slot] = new ShopSession(steps, visitor.Favourite, isLoggedIn);
    }

    private void AdvanceClock()
    {
        double rate = options.EventsPerSecond * (options.DailyShape ? DailyShape.At((long)clockMs) : 1);
        clockMs += -Math.Log(1 - random.Unit()) * 1000 / rate;
    }

    private double NextChange(double fromMs) =>
        options.PriceChangesPerSecond > 0
            ? fromMs - (Math.Log(1 - random.Unit()) * 1000 / options.PriceChangesPerSecond)
            : double.MaxValue;
}
