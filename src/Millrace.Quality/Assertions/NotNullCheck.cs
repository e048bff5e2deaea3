using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Assertions;

/// <summary>None of the columns is NULL.</summary>
internal sealed class NotNullCheck(NotNullAssertion assertion) : RowCheck
{
    public override string Description => $"not_null: {string.Join(", ", assertion.Columns)}";

    protected override string? ProblemOf(TestedRow row)
    {
        foreach (string column in assertion.Columns)
        {
            if (row.Column(column).ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                return $"{column} is NULL";
            }
        }

        return null;
    }
}
