using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Text;

namespace Millrace.Engine.Flow;

/// <summary>
/// Rows of any batch of a schema as JSON, for bad rows and for late ones that stand in no topic. Columns that JSON
/// cannot carry are left out. Not thread-safe.
/// </summary>
internal sealed class RowText
{
    private readonly int[] kept;
    private readonly bool[]? made;
    private readonly Batch copy;
    private readonly JsonRowEncoder encoder;
    private readonly ByteBuffer text = new();

    /// <param name="schema">The rows' columns.</param>
    /// <param name="made">Which of them hold values, the others come out as NULL; null for all that have room.</param>
    /// <param name="encoding">How; null for as rows are written.</param>
    public RowText(Schema schema, bool[]? made = null, JsonEncodeOptions? encoding = null)
    {
        this.made = made;
        kept = [.. Enumerable.Range(0, schema.Count).Where(c => JsonFormat.Supports(schema.Columns[c].Type))];
        copy = new Batch(new Schema([.. kept.Select(c => schema.Columns[c])]));
        encoder = new JsonRowEncoder(copy.Schema, encoding ?? TopicFormat.Written);
    }

    /// <summary>A row that is wanted once.</summary>
    public static byte[] Of(Batch batch, int row) => new RowText(batch.Schema).Write(batch, row).ToArray();

    /// <summary>
    /// The row's text, good until the next call. Columns that nobody reads were never filled: they are NULL here.
    /// </summary>
    public ReadOnlySpan<byte> Write(Batch batch, int row)
    {
        for (int i = 0; i < kept.Length; i++)
        {
            ColumnVector column = batch.Columns[kept[i]];
            bool isMade = (made is null || made[kept[i]]) && column.Capacity > row;
            VectorGather.Gather(column, [isMade ? row : -1], copy.Columns[i]);
        }

        text.Clear();
        encoder.Encode(copy, 0, 1, text, stackalloc int[2]);
        return text.Written;
    }
}
