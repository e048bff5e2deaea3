using System.Globalization;
using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>
/// The column's value, written as text, is one of a list; numbers are compared by value. NULL passes: that is
/// not_null's to say.
/// </summary>
internal sealed class AcceptedValuesCheck(AcceptedValuesAssertion assertion) : RowCheck
{
    private readonly HashSet<string> accepted = [.. assertion.Values];
    private readonly HashSet<decimal> numbers = [.. assertion.Values.Select(Number).OfType<decimal>()];

    public override string Description =>
        $"accepted_values: {assertion.Column} in [{string.Join(", ", assertion.Values)}]";

    protected override string? ProblemOf(TestedRow row)
    {
        JsonElement value = row.Column(assertion.Column);
        return IsAccepted(value) ? null : $"{assertion.Column} is {value.GetRawText()}";
    }

    private bool IsAccepted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => accepted.Contains(value.GetString()!),
        JsonValueKind.Number when value.TryGetDecimal(out decimal number) => numbers.Contains(number),
        _ => accepted.Contains(value.GetRawText()),
    };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
