using System.Globalization;
using System.Text.Json;

namespace Millrace.Cli.Screens;

/// <summary>Shows what became of the rows that a replay has looked at.</summary>
internal static class ReplayScreen
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void Show(ReplayTotals totals, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(totals, Format));
            return;
        }

        Console.Out.WriteLine(totals.From);
        Line(totals.Posted, totals.IsDryRun ? "would be posted" : "posted");
        Line(totals.PostedBefore, "posted by a replay before");
        string without = totals.RebuiltWithout.Count == 0 ? ""
            : $", but for {string.Join(", ", totals.RebuiltWithout)}; with --again the others have them twice";
        Line(totals.Rebuilt, "computed from the log when models were built anew" + without);
        Line(totals.OfModels, "rows on which a model failed: mend the model, and it is built anew from the log");
        Line(totals.StillBad, "still can't be read");
        foreach (JsonElement example in totals.Examples)
        {
            Console.Out.WriteLine($"             offset {example.GetProperty("offset")}: "
                + $"{example.GetProperty("code").GetString()}: {example.GetProperty("message").GetString()}");
        }

        Line(totals.NotThere, $"named by an offset that {totals.From} does not have");
        if (totals.Looked + totals.NotThere == 0)
        {
            Console.Out.WriteLine("  no rows");
        }
    }

    private static void Line(long count, string what)
    {
        if (count > 0)
        {
            Console.Out.WriteLine($"  {count.ToString("N0", CultureInfo.InvariantCulture),10} {what}");
        }
    }
}
