using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>The column's value, written as text, is one of a list. NULL passes: that is not_null's to say.</summary>
internal sealed class AcceptedValuesCheck(AcceptedValuesAssertion assertion) : RowCheck
{
    private readonly HashSet<string> accepted = [.. assertion.Values];

    public override string Description =>
        $"accepted_values: {assertion.Column} in [{string.Join(", ", assertion.Values)}]";

    protected override string? ProblemOf(TestedRow row)
    {
        JsonElement value = row.Column(assertion.Column);
        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || accepted.Contains(value.ToString())
            ? null
            : $"{assertion.Column} is {value.GetRawText()}";
    }
}
