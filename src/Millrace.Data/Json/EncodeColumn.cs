using System.Text;
using Millrace.Data.Text;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>
/// A column, element or field that is being written: its name as it stands in the record, and its vector.
/// </summary>
internal sealed class EncodeColumn
{
    /// <summary><c>,"name":</c>; the comma's place is the brace's before the first field.</summary>
    public readonly PaddedText Name;

    /// <summary><c>,"name":null</c>.</summary>
    public readonly PaddedText NameOfNull;
    public readonly SqlTypeKind Kind;
    public readonly bool IsText;
    public readonly int Scale;
    public readonly EncodeColumn? Key;
    public readonly EncodeColumn? Element;
    public readonly EncodeColumn[] Fields;
    public TimestampText Timestamps;
    public ColumnVector Vector = null!;

    public EncodeColumn(string name, SqlType type)
    {
        ByteBuffer fragment = new();
        fragment.Append((byte)',');
        JsonString.Append(fragment, Encoding.UTF8.GetBytes(name));
        fragment.Append((byte)':');
        Name = new PaddedText(fragment.Written);
        fragment.Append("null"u8);
        NameOfNull = new PaddedText(fragment.Written);
        Kind = type.Kind;
        IsText = Kind is SqlTypeKind.Char or SqlTypeKind.VarChar;
        Scale = type.Scale;
        Key = type.Key is not null ? new("", type.Key)
            : type.Kind == SqlTypeKind.Multiset ? new("", type.Element!) : null;
        Element = type.Kind == SqlTypeKind.Multiset ? new("", SqlType.Int)
            : type.Element is not null ? new("", type.Element) : null;
        Fields = [.. type.Fields.Items.Select(f => new EncodeColumn(f.Name, f.Type))];
    }

    /// <summary>Takes the vector to read.</summary>
    public void Bind(ColumnVector vector)
    {
        Vector = vector;
        switch (vector)
        {
            case ListVector list when list.Values is null:
                Element!.Bind(list.Elements);
                break;
            case ListVector list:
                Key!.Bind(list.Elements);
                Element!.Bind(list.Values!);
                break;
            case RowVector rows:
                for (int i = 0; i < Fields.Length; i++)
                {
                    Fields[i].Bind(rows.Fields[i]);
                }

                break;
        }
    }
}
