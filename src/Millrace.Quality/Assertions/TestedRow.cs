using System.Text.Json;

namespace Millrace.Quality.Assertions;

/// <summary>A row under test: its JSON object and where it stands in its topic.</summary>
/// <param name="Partition">The topic's partition.</param>
/// <param name="Offset">The record's offset there.</param>
/// <param name="Json">The row; lives as long as its document.</param>
public readonly record struct TestedRow(int Partition, long Offset, JsonElement Json)
{
    /// <summary>A column's value; JSON null where the row has no such field.</summary>
    public JsonElement Column(string name) => Json.TryGetProperty(name, out JsonElement value) ? value : default;
}
