using System.Text;
using System.Text.Json;

namespace Millrace.Hosting.Replaying;

/// <summary>A row of <c>source$bad</c>, as <see cref="Graph.BadRowText"/> writes it.</summary>
/// <param name="Model">The model that failed on the row; null when the record could not be read.</param>
/// <param name="Position">The position of the source's record in the log.</param>
/// <param name="Original">The record's value, as it came.</param>
internal sealed record BadRecord(string? Model, long Position, byte[] Original)
{
    public static BadRecord Parse(ReadOnlySpan<byte> row)
    {
        Utf8JsonReader reader = new(row);
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        JsonElement original = json.RootElement.GetProperty("original");
        return new BadRecord(
            json.RootElement.GetProperty("model").GetString(),
            json.RootElement.GetProperty("position").GetInt64(),
            original.ValueKind == JsonValueKind.String
                ? Encoding.UTF8.GetBytes(original.GetString()!)
                : original.GetProperty("base64").GetBytesFromBase64());
    }
}
