using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Topics;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>Finds the raw key, by which live rows are looked up, in the bytes of a group's key.</summary>
internal sealed class LiveKeyDecoder
{
    private readonly ColumnVector[] columns;
    private readonly int live;
    private readonly byte[] scratch = new byte[RawKey.MaxFixedLength];
    private byte[] buffer = [];

    /// <param name="node">The window.</param>
    /// <param name="column">The column of its input that is the key of live rows; one of the group key.</param>
    public LiveKeyDecoder(WindowAggregate node, int column)
    {
        columns = [.. node.GroupKey.Select(k => ColumnVector.Create(node.Inputs[0].Fields[k].Type))];
        live = node.GroupKey.ToList().IndexOf(column);
    }

    /// <summary>The bytes found; good until the next call.</summary>
    public ReadOnlySpan<byte> Found => RawKey.Of(columns[live], 0, scratch);

    /// <summary>Looks at a group's key; false when its live key is NULL.</summary>
    public bool TryDecode(ReadOnlySpan<byte> key)
    {
        if (buffer.Length < key.Length)
        {
            buffer = new byte[Math.Max(key.Length, buffer.Length * 2)];
        }

        key.CopyTo(buffer);
        foreach (ColumnVector column in columns)
        {
            column.Reset(1);
        }

        KeyDecoder.Decode(buffer, 0, key.Length, columns, 0);
        return !columns[live].IsNull(0);
    }
}
