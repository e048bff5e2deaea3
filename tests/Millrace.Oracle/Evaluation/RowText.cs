using System.Globalization;
using System.Text.Json;

namespace Millrace.Oracle.Evaluation;

/// <summary>A DOUBLE that came from an addition of many.</summary>
public sealed record Summed(double Value);

/// <summary>A row as a text that is equal for equal rows, from values or from a JSON row of the engine.</summary>
public static class RowText
{
    public static string Of(IEnumerable<object?> values) => string.Join(" | ", values.Select(Value));

    /// <summary>The same text from a row of a topic.</summary>
    /// <param name="json">The row.</param>
    /// <param name="summed">The columns whose last digits depend on the order of addition.</param>
    public static string OfJson(string json, params string[] summed)
    {
        using JsonDocument row = JsonDocument.Parse(json);
        return string.Join(
            " | ", row.RootElement.EnumerateObject().Select(p => Value(p.Value, summed.Contains(p.Name))));
    }

    private static string Value(object? value) => value switch
    {
        null => "NULL",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture),
        Summed sum => Rounded(sum.Value),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Value(JsonElement value, bool isSummed) => value.ValueKind switch
    {
        JsonValueKind.Null => "NULL",
        JsonValueKind.Object => string.Join(",", value.EnumerateObject()
            .Select(p => $"{p.Name}={p.Value.GetInt32()}").Order(StringComparer.Ordinal)),
        JsonValueKind.Number =>
            isSummed ? Rounded(value.GetDouble()) : value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => Text(value.GetString()!),
    };

    private static string Rounded(double value) => value.ToString("E9", CultureInfo.InvariantCulture);

    /// <summary>Flink's ISO timestamps drop zeros of the fraction and may end in Z.</summary>
    private static string Text(string text) => text.Length >= 19 && text[10] == 'T' && DateTime.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out DateTime time)
        ? Value(time)
        : text;
}
