using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>
/// No two rows have the same values in all of the columns. A row with a NULL among them passes, as in SQL.
/// </summary>
internal sealed class UniqueCheck(UniqueAssertion assertion) : RowCheck
{
    private readonly Dictionary<string, (int Partition, long Offset)> seen = new(StringComparer.Ordinal);

    public override string Description => $"unique: {string.Join(", ", assertion.Columns)}";

    protected override string? ProblemOf(TestedRow row)
    {
        List<string> values = [];
        foreach (string column in assertion.Columns)
        {
            JsonElement value = row.Column(column);
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                return null;
            }

            // Written anew: the same text may come with other escapes.
            values.Add(value.ValueKind == JsonValueKind.String
                ? JsonSerializer.Serialize(value.GetString())
                : value.GetRawText());
        }

        string key = string.Join('\u001f', values);
        if (seen.TryGetValue(key, out (int Partition, long Offset) first))
        {
            return $"same {string.Join(", ", assertion.Columns)} as partition {first.Partition}, offset {first.Offset}";
        }

        seen.Add(key, (row.Partition, row.Offset));
        return null;
    }
}
