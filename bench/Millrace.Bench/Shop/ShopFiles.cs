using System.Globalization;
using System.Text.Json;

namespace Millrace.Bench.Shop;

/// <summary>
/// A shop in a folder: <c>products.ndjson</c>, whose lines may say in <c>valid_from</c> since when they hold, else for
/// ever, and <c>clickstream.ndjson</c>. The whole catalogue comes first, as where another engine has it loaded before.
/// </summary>
internal sealed class ShopFiles(string folder)
{
    private const int GroupBytes = 1 << 20;
    private readonly string eventsFile = Path.Combine(folder, "clickstream.ndjson");

    /// <summary>Bytes of the events.</summary>
    public long EventBytes => new FileInfo(eventsFile).Length;

    public IEnumerable<LogGroup> Groups()
    {
        foreach (byte[] line in File.ReadLines(Path.Combine(folder, "products.ndjson")).Select(ToLine))
        {
            yield return new LogGroup(line, ValidFrom(line), default, 0);
        }

        byte[] events = File.ReadAllBytes(eventsFile);
        for (int start = 0; start < events.Length;)
        {
            int end = Math.Min(events.Length, start + GroupBytes);
            end = events.AsSpan(0, end).LastIndexOf((byte)'\n') + 1;
            yield return new LogGroup(default, 0, events.AsMemory(start, end - start), 0);
            start = end;
        }
    }

    private static byte[] ToLine(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\n");

    private static long ValidFrom(byte[] line)
    {
        using JsonDocument product = JsonDocument.Parse(line);
        return product.RootElement.TryGetProperty("valid_from", out JsonElement from) && from.GetString() is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
            : 0;
    }
}
