using Millrace.Data.Text;

namespace Millrace.Data.Json;

/// <summary>
/// Writes rows of a batch as JSON objects, byte for byte as Flink's <c>json</c> format does: columns in order,
/// compact, UTF-8. One encoder serves any number of batches of its schema. Not thread-safe.
/// </summary>
public sealed class JsonRowEncoder
{
    private readonly EncodeColumn[] columns;
    private readonly JsonValueWriter writer;
    private readonly List<int> failed = [];

    public JsonRowEncoder(Schema schema, JsonEncodeOptions options)
    {
        foreach (SchemaColumn column in schema.Columns)
        {
            JsonFormat.RequireSupported(column.Type);
        }

        Schema = schema;
        columns = [.. schema.Columns.Select(c => new EncodeColumn(c.Name, c.Type))];
        writer = new JsonValueWriter(options);
    }

    public Schema Schema { get; }

    /// <summary>
    /// The rows of the last call that could not be written (a NULL key in a MAP, mode FAIL); their text is empty.
    /// </summary>
    public IReadOnlyList<int> Failed => failed;

    /// <summary>
    /// Appends the records of rows [from, to). Row i's record is at <c>offsets[i - from]</c> and ends where the next
    /// begins.
    /// </summary>
    /// <param name="offsets">Room for one more offset than rows.</param>
    public void Encode(Batch batch, int from, int to, ByteBuffer output, Span<int> offsets)
    {
        failed.Clear();
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c].Bind(batch.Columns[c]);
        }

        for (int row = from; row < to; row++)
        {
            offsets[row - from] = output.Length;
            writer.AppendObject(output, columns, row);
            if (writer.HasFailed)
            {
                writer.HasFailed = false;
                failed.Add(row);
                output.Length = offsets[row - from];
            }
        }

        offsets[to - from] = output.Length;
    }
}
