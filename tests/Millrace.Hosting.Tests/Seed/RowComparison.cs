using System.Text;
using System.Text.Json;
using Xunit;

namespace Millrace.Hosting.Tests.Seed;

/// <summary>
/// Compares rows as multisets: column order and every value as it is written, but for the order of keys within a
/// MULTISET, and for averages, whose last digits depend on the order of addition.
/// </summary>
internal static class RowComparison
{
    private const double Tolerance = 1e-9;

    public static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        List<(string Text, double Average)> wanted = Sorted(expected);
        List<(string Text, double Average)> found = Sorted(actual);
        for (int i = 0; i < Math.Min(wanted.Count, found.Count); i++)
        {
            if (wanted[i].Text != found[i].Text)
            {
                string rows = $"row {i} of {wanted.Count} and {found.Count}";
                Assert.Fail($"{rows}\nexpected {wanted[i].Text}\nfound    {found[i].Text}");
            }

            double difference = Math.Abs(wanted[i].Average - found[i].Average);
            Assert.True(!(difference > Tolerance * Math.Max(1, Math.Abs(wanted[i].Average))), wanted[i].Text);
            Assert.Equal(double.IsNaN(wanted[i].Average), double.IsNaN(found[i].Average));
        }

        Assert.Equal(wanted.Count, found.Count);
    }

    private static List<(string Text, double Average)> Sorted(IEnumerable<string> rows) =>
        [.. rows.Select(Canonical).OrderBy(r => r.Text, StringComparer.Ordinal).ThenBy(r => r.Average)];

    private static (string Text, double Average) Canonical(string row)
    {
        using JsonDocument document = JsonDocument.Parse(row);
        StringBuilder text = new();
        double average = double.NaN;
        foreach (JsonProperty column in document.RootElement.EnumerateObject())
        {
            bool isAverage = column.Name.StartsWith("avg_", StringComparison.Ordinal);
            if (isAverage && column.Value.ValueKind == JsonValueKind.Number)
            {
                average = column.Value.GetDouble();
                continue;
            }

            text.Append(column.Name).Append('=').Append(Value(column.Value)).Append(' ');
        }

        return (text.ToString(), average);
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(
            ',', value.EnumerateObject().Select(p => $"{p.Name}:{p.Value.GetRawText()}").Order(StringComparer.Ordinal)),
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}
