using System.Text;
using Millrace.Demo;

namespace Millrace.Oracle.Inputs;

/// <summary>What the demonstration's shop sends.</summary>
internal static class DemoInput
{
    public static List<InputRecord> Records(ShopOptions options, int events)
    {
        ShopGenerator generator = new(options);
        ShopBatch batch = new();
        List<InputRecord> records = [];
        int sent = 0;
        while (sent < events && generator.Next(batch, Math.Min(500, events - sent)))
        {
            records.AddRange(Lines(batch.Products).Select(l => new InputRecord(true, l, batch.ProductsFromMs)));
            records.AddRange(Lines(batch.Events).Select(l => new InputRecord(false, l, batch.ArrivedMs)));
            sent += batch.Events.Count;
        }

        return records;
    }

    private static string[] Lines(LineBuffer lines) =>
        Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
