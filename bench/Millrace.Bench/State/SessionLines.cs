using System.Globalization;
using System.Text;
using System.Text.Unicode;

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

    // Of a line, at most.
    private const int MostBytes = 512;

    private static readonly string[] Types = ["page_view", "page_view", "click", "add_to_cart", "search", "purchase"];
    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    private readonly int sessions;
    private readonly long startMs;
    private readonly Random random = new(1);
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
        byte[] buffer = [];
        return Next(count, ref buffer).ToArray();
    }

    /// <summary>The same in a buffer, which is made where it is too small: so sending gigabytes makes no
    /// garbage.</summary>
    public ReadOnlyMemory<byte> Next(int count, ref byte[] buffer)
    {
        if (buffer.Length < count * MostBytes)
        {
            buffer = new byte[count * MostBytes];
        }

        int used = 0;
        for (int i = 0; i < count; i++)
        {
            used += Write(buffer.AsSpan(used), made < sessions ? (int)made : random.Next(sessions));
            made++;
        }

        return buffer.AsMemory(0, used);
    }

    /// <summary>One event of a session that has no other.</summary>
    public byte[] Probe(int number)
    {
        Span<byte> line = stackalloc byte[MostBytes];
        return line[..Write(line, -1 - number)].ToArray();
    }

    /// <summary>The session of a probe.</summary>
    public static string ProbeSession(int number) => Session(-1 - number);

    private static string Session(int session) => session < 0 ? $"probe-{-session}" : $"session-{session:D8}";

    private int Write(Span<byte> line, int session)
    {
        int product = random.Next(10_000);
        long atMs = made < sessions ? FirstPartMs * made / sessions : Math.Min(LastMs, FirstPartMs + made - sessions);
        DateTime time = DateTimeOffset.FromUnixTimeMilliseconds(startMs + atMs).UtcDateTime;
        return Utf8.TryWrite(
            line,
            CultureInfo.InvariantCulture,
            $"{{\"event_id\":\"e-{made}-{session}\",\"session_id\":\"{Session(session)}\","
            + $"\"user_id\":\"user-{session}\",\"anonymous_id\":\"anonymous-{session}\","
            + $"\"event_type\":\"{Types[product % Types.Length]}\",\"page_url\":\"/products/p{product}\","
            + $"\"referrer_url\":null,\"product_id\":\"p{product}\",\"search_query\":null,"
            + $"\"device_type\":\"{Devices[Math.Abs(session) % 3]}\",\"browser\":\"Firefox\",\"country\":\"DE\","
            + $"\"timestamp\":\"{time:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"}}\n",
            out int written)
            ? written
            : throw new InvalidOperationException("an event is longer than it may be");
    }
}
