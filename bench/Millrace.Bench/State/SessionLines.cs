using System.Globalization;
using System.Text;

namespace Millrace.Bench.State;

/// <summary>
/// Events of many sessions that are all open at once: first one of each, then of any. Their times lie within one window
/// of 30 minutes, the next that begins, so that no reading of the clock closes it.
/// </summary>
internal sealed class SessionLines
{
    private const long WindowMs = 30 * 60_000;
    private const long FirstPartMs = 20 * 60_000;
    private const long LastMs = 29 * 60_000;
    private static readonly string[] Types = ["page_view", "page_view", "click", "add_to_cart", "search", "purchase"];
    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    private readonly int sessions;
    private readonly long startMs;
    private readonly Random random = new(1);
    private readonly StringBuilder text = new();
    private long made;

    public SessionLines(int sessions, long nowMs)
    {
        this.sessions = sessions;
        startMs = ((nowMs / WindowMs) + 1) * WindowMs;
    }

    /// <summary>The catalogue, a line per product.</summary>
    public static byte[] Products() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(p =>
        $"{{\"product_id\":\"p{p}\",\"name\":\"Product {p}\",\"category\":\"c{p % 20}\",\"subcategory\":\"s{p % 90}\","
        + $"\"price\":{p % 900}.5,\"brand\":\"b{p % 50}\"}}\n")));

    /// <summary>The next events.</summary>
    public byte[] Next(int count)
    {
        text.Clear();
        for (int i = 0; i < count; i++)
        {
            Add(made < sessions ? (int)made : random.Next(sessions));
            made++;
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One event of a session that has no other.</summary>
    public byte[] Probe(int number)
    {
        text.Clear();
        Add(-1 - number);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The session of a probe.</summary>
    public static string ProbeSession(int number) => Session(-1 - number);

    private static string Session(int session) => session < 0 ? $"probe-{-session}" : $"session-{session:D8}";

    private void Add(int session)
    {
        int product = random.Next(10_000);
        long atMs = made < sessions ? FirstPartMs * made / sessions : Math.Min(LastMs, FirstPartMs + made - sessions);
        string time = DateTimeOffset.FromUnixTimeMilliseconds(startMs + atMs)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Text("{\"event_id", $"e-{made}-{session}").Text("\"session_id", Session(session));
        Text("\"user_id", $"user-{session}").Text("\"anonymous_id", $"anonymous-{session}");
        Text("\"event_type", Types[product % Types.Length]).Text("\"page_url", $"/products/p{product}");
        text.Append("\"referrer_url\":null,");
        Text("\"product_id", $"p{product}");
        text.Append("\"search_query\":null,");
        Text("\"device_type", Devices[Math.Abs(session) % 3]).Text("\"browser", "Firefox").Text("\"country", "DE");
        text.Append(CultureInfo.InvariantCulture, $"\"timestamp\":\"{time}\"}}\n");
    }

    private SessionLines Text(string name, string value)
    {
        text.Append(name).Append("\":\"").Append(value).Append("\",");
        return this;
    }
}
