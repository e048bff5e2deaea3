using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Text;

namespace Millrace.Engine.Flow;

/// <summary>A row of any batch as JSON, for bad and late rows: rare, so every call makes its own memory.</summary>
internal static class RowText
{
    /// <summary>Columns that nobody reads were never filled: they are NULL here. Those that JSON cannot carry are
    /// left out.</summary>
    public static byte[] Of(Batch batch, int row)
    {
        IEnumerable<int> columns = Enumerable.Range(0, batch.Columns.Length);
        int[] kept = [.. columns.Where(c => JsonFormat.Supports(batch.Schema.Columns[c].Type))];
        Schema schema = new([.. kept.Select(c => batch.Schema.Columns[c])]);
        Batch copy = new(schema);
        for (int i = 0; i < kept.Length; i++)
        {
            ColumnVector column = batch.Columns[kept[i]];
            VectorGather.Gather(column, [column.Capacity > row ? row : -1], copy.Columns[i]);
        }

        ByteBuffer text = new();
        new JsonRowEncoder(schema, TopicFormat.Written).Encode(copy, 0, 1, text, new int[2]);
        return text.Written.ToArray();
    }
}
