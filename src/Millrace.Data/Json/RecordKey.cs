using Millrace.Data.Text;

namespace Millrace.Data.Json;

/// <summary>
/// Writes the values of one column as record keys: texts and bytes as they are, anything else as its JSON text
/// without quotes, NULL as no key. One instance per column and thread.
/// </summary>
public sealed class RecordKey
{
    private readonly EncodeColumn column;
    private readonly JsonValueWriter writer =
        new(new JsonEncodeOptions { Timestamps = Time.TimestampStandard.Iso8601 });

    public RecordKey(SqlType type)
    {
        JsonFormat.RequireSupported(type);
        column = new EncodeColumn("", type);
    }

    /// <summary>Appends the key of a row; false, and nothing, where it is NULL.</summary>
    public bool TryAppend(ByteBuffer to, ColumnVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return false;
        }

        if (vector is BytesVector bytes)
        {
            to.Append(bytes.Slice(row));
            return true;
        }

        if (!ReferenceEquals(column.Vector, vector))
        {
            column.Bind(vector);
        }

        int start = to.Length;
        writer.Append(to, column, row);
        if (to.Data[start] == '"')
        {
            to.Data.AsSpan(start + 1, to.Length - start - 2).CopyTo(to.Data.AsSpan(start));
            to.Length -= 2;
        }

        return true;
    }
}
