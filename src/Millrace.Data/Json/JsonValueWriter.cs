using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Millrace.Data.Numbers;
using Millrace.Data.Text;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>Appends one value, NULL included, as Flink's JSON writes it.</summary>
internal sealed class JsonValueWriter
{
    private readonly JsonEncodeOptions options;
    private readonly byte[] nullKey;

    public JsonValueWriter(JsonEncodeOptions options)
    {
        this.options = options;
        nullKey = Encoding.UTF8.GetBytes(options.MapNullKeyLiteral);
    }

    /// <summary>Set when a value could not be written: a NULL key in a MAP.</summary>
    public bool HasFailed { get; set; }

    public void Append(ByteBuffer to, EncodeColumn column, int row)
    {
        if (column.Vector.IsNull(row))
        {
            to.Append("null"u8);
            return;
        }

        AppendKnown(to, column, row);
    }

    // A value that is not NULL.
    private void AppendKnown(ByteBuffer to, EncodeColumn column, int row)
    {
        switch (column.Kind)
        {
            case SqlTypeKind.Char or SqlTypeKind.VarChar:
                JsonString.Append(to, Unsafe.As<BytesVector>(column.Vector), row);
                break;
            case SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.IntervalYearMonth:
                int number = Unsafe.As<FixedVector<int>>(column.Vector).Values[row];
                to.Length += IntegerText.Write(to.Reserve(IntegerText.MaxLength), number);
                break;
            case SqlTypeKind.BigInt or SqlTypeKind.IntervalDayTime:
                long big = Unsafe.As<FixedVector<long>>(column.Vector).Values[row];
                to.Length += IntegerText.Write(to.Reserve(IntegerText.MaxLength), big);
                break;
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz:
                AppendTimestamp(to, column, row);
                break;
            case SqlTypeKind.Double:
                AppendDouble(to, Unsafe.As<FixedVector<double>>(column.Vector).Values[row]);
                break;
            case SqlTypeKind.Decimal:
                AppendDecimal(to, Unsafe.As<FixedVector<Int128>>(column.Vector).Values[row], column.Scale);
                break;
            case SqlTypeKind.Boolean:
                to.Append(Unsafe.As<FixedVector<byte>>(column.Vector).Values[row] != 0 ? "true"u8 : "false"u8);
                break;
            default:
                AppendRare(to, column, row);
                break;
        }
    }

    /// <summary>Appends an object of columns, without NULLs where they are to be left out.</summary>
    public void AppendObject(ByteBuffer to, EncodeColumn[] columns, int row)
    {
        int start = to.Length;
        foreach (EncodeColumn column in columns)
        {
            AppendField(to, column, row);
        }

        Enclose(to, start);
    }

    /// <summary>Appends a comma, a column's name and its value; nothing for a NULL that is to be left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendField(ByteBuffer to, EncodeColumn column, int row)
    {
        if (column.Vector.IsNull(row))
        {
            if (!options.IgnoreNullFields)
            {
                AppendPadded(to, column.NameOfNull);
            }
        }
        else if (column.IsText)
        {
            AppendText(to, column, row);
        }
        else
        {
            AppendPadded(to, column.Name);
            AppendKnown(to, column, row);
        }
    }

    /// <summary>Makes an object of the fields from a place on: the first one's comma makes place for the
    /// brace.</summary>
    public static void Enclose(ByteBuffer to, int start)
    {
        if (to.Length == start)
        {
            to.Append((byte)'{');
        }

        to.Data[start] = (byte)'{';
        to.Append((byte)'}');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendPadded(ByteBuffer to, in PaddedText text)
    {
        text.CopyTo(ref to.ReserveAt(text.PaddedLength));
        to.Length += text.Length;
    }

    private static void AppendText(ByteBuffer to, EncodeColumn column, int row)
    {
        BytesVector vector = Unsafe.As<BytesVector>(column.Vector);
        int nameLength = column.Name.Length;
        ref byte target = ref to.ReserveAt(
            column.Name.PaddedLength + JsonString.RoomBeside + vector.Lengths[row]);
        column.Name.CopyTo(ref target);
        int length = JsonString.WritePlain(ref Unsafe.Add(ref target, nameLength), vector, row);
        to.Length += nameLength + length;
        if (length == 0)
        {
            JsonString.Append(to, vector.Slice(row));
        }
    }

    private void AppendTimestamp(ByteBuffer to, EncodeColumn column, int row)
    {
        long millis = Unsafe.As<FixedVector<long>>(column.Vector).Values[row];
        Span<byte> room = to.Reserve(TimestampText.MaxLength + 2);
        room[0] = (byte)'"';
        bool zoned = column.Kind == SqlTypeKind.TimestampLtz;
        int length = column.Timestamps.Write(room[1..], millis, options.Timestamps, zoned);
        room[length + 1] = (byte)'"';
        to.Length += length + 2;
    }

    private void AppendDecimal(ByteBuffer to, Int128 unscaled, int scale)
    {
        Span<byte> room = to.Reserve(DecimalText.MaxLength);
        to.Length += options.DecimalAsPlainNumber
            ? DecimalText.WritePlain(room, unscaled, scale) : DecimalText.WriteStripped(room, unscaled, scale);
    }

    private static void AppendDouble(ByteBuffer to, double value)
    {
        Span<byte> room = to.Reserve(DoubleText.MaxLength + 2);
        if (double.IsFinite(value))
        {
            to.Length += DoubleText.Write(room, value);
            return;
        }

        room[0] = (byte)'"';
        int length = DoubleText.Write(room[1..], value);
        room[length + 1] = (byte)'"';
        to.Length += length + 2;
    }

    private static void AppendFloat(ByteBuffer to, float value)
    {
        if (!float.IsFinite(value))
        {
            AppendDouble(to, value);
            return;
        }

        to.Length += DoubleText.Write(to.Reserve(DoubleText.MaxLength), value);
    }

    private void AppendRare(ByteBuffer to, EncodeColumn column, int row)
    {
        Span<byte> text = stackalloc byte[DateText.MaxLength];
        switch (column.Kind)
        {
            case SqlTypeKind.Float:
                AppendFloat(to, ((FixedVector<float>)column.Vector).Values[row]);
                break;
            case SqlTypeKind.Date:
                AppendQuoted(to, text[..DateText.Write(text, ((FixedVector<int>)column.Vector).Values[row])]);
                break;
            case SqlTypeKind.Time:
                AppendQuoted(to, text[..DateText.WriteTime(text, ((FixedVector<int>)column.Vector).Values[row])]);
                break;
            case SqlTypeKind.Binary or SqlTypeKind.VarBinary:
                AppendBase64(to, ((BytesVector)column.Vector).Slice(row));
                break;
            case SqlTypeKind.Row:
                AppendObject(to, column.Fields, row);
                break;
            case SqlTypeKind.Array:
                AppendArray(to, column, row);
                break;
            case SqlTypeKind.Map or SqlTypeKind.Multiset:
                AppendMap(to, column, row);
                break;
            default:
                to.Append("null"u8);
                break;
        }
    }

    private static void AppendQuoted(ByteBuffer to, ReadOnlySpan<byte> plain)
    {
        to.Append((byte)'"');
        to.Append(plain);
        to.Append((byte)'"');
    }

    private static void AppendBase64(ByteBuffer to, ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = to.Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        room[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes, room[1..], out _, out int length);
        room[length + 1] = (byte)'"';
        to.Length += length + 2;
    }

    private void AppendArray(ByteBuffer to, EncodeColumn column, int row)
    {
        ListVector list = (ListVector)column.Vector;
        to.Append((byte)'[');
        for (int i = 0; i < list.Lengths[row]; i++)
        {
            to.Append(i == 0 ? [] : ","u8);
            Append(to, column.Element!, list.Starts[row] + i);
        }

        to.Append((byte)']');
    }

    private void AppendMap(ByteBuffer to, EncodeColumn column, int row)
    {
        ListVector list = (ListVector)column.Vector;
        BytesVector keys = (BytesVector)list.Elements;
        to.Append((byte)'{');
        bool first = true;
        for (int i = list.Starts[row]; i < list.Starts[row] + list.Lengths[row]; i++)
        {
            bool isNull = keys.IsNull(i);
            if (isNull && options.MapNullKeys != MapNullKeyMode.Literal)
            {
                HasFailed |= options.MapNullKeys == MapNullKeyMode.Fail;
                continue;
            }

            to.Append(first ? [] : ","u8);
            first = false;
            JsonString.Append(to, isNull ? nullKey : keys.Slice(i));
            to.Append((byte)':');
            Append(to, column.Element!, i);
        }

        to.Append((byte)'}');
    }
}
