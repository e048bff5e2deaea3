using System.Globalization;
using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>
/// The column's number is between two bounds, both included. NULL passes; what is no number does not.
/// </summary>
internal sealed class RangeCheck(RangeAssertion assertion) : RowCheck
{
    public override string Description => (assertion.Min, assertion.Max) switch
    {
        ({ } min, { } max) => Invariant($"range: {assertion.Column} between {min} and {max}"),
        ({ } min, null) => Invariant($"range: {assertion.Column} at least {min}"),
        (null, { } max) => Invariant($"range: {assertion.Column} at most {max}"),
        _ => $"range: {assertion.Column}",
    };

    protected override string? ProblemOf(TestedRow row)
    {
        JsonElement value = row.Column(assertion.Column);
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        bool passes = value.ValueKind == JsonValueKind.Number && IsWithin(value);
        return passes ? null : $"{assertion.Column} is {value.GetRawText()}";
    }

    /// <summary>Compares as decimals; a number beyond what a decimal holds is compared as a double.</summary>
    private bool IsWithin(JsonElement value)
    {
        if (value.TryGetDecimal(out decimal number))
        {
            return (assertion.Min is not { } min || number >= min) && (assertion.Max is not { } max || number <= max);
        }

        double wide = value.GetDouble();
        return (assertion.Min is not { } low || wide >= (double)low)
            && (assertion.Max is not { } high || wide <= (double)high);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
