using Millrace.Data;

namespace Millrace.Engine.Flow;

/// <summary>A row of any batch as JSON, for bad rows: rare, so every call makes its own memory.</summary>
internal static class RowText
{
    public static byte[] Of(Batch batch, int row) => throw new NotSupportedException($"{batch.Schema} {row}");
}
