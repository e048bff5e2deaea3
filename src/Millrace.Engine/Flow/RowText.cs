using Millrace.Data;
using Millrace.Data.Json;

namespace Millrace.Engine.Flow;

/// <summary>A row of any batch as JSON, for bad and late rows: rare, so every call makes its own memory.</summary>
internal static class RowText
{
    public static byte[] Of(Batch batch, int row)
    {
        JsonRowEncoder encoder = new(batch.Schema, JsonEncodeOptions.Topic);
        encoder.Encode(batch, row, row + 1);
        return encoder.Buffer.AsSpan(encoder.Starts[0], encoder.Lengths[0]).ToArray();
    }
}
