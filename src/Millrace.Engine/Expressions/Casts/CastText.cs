using Millrace.Data;
using Millrace.Data.Numbers;
using Millrace.Data.Text;
using Millrace.Data.Time;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Values as text, as Flink's CAST writes them: TRUE, 1.50 with all digits of the scale, 1.0E7, 2024-02-29
/// 10:11:12.345, [a, b], {k=v}, (a, b), +1 02:03:04.500; NULL inside others. No state.
/// </summary>
internal static class CastText
{
    /// <summary>
    /// Appends the value of a row that is not NULL; an instant as wall time of the zone, by default UTC.
    /// </summary>
    public static void Write(ByteBuffer to, ColumnVector column, int row, SqlType type, SessionZone? zone)
    {
        switch (column)
        {
            case FixedVector<byte> c:
                to.Append(c.Values[row] != 0 ? "TRUE"u8 : "FALSE"u8);
                break;
            case FixedVector<int> c:
                to.Length += WriteInt(to.Reserve(IntegerText.MaxLength), c.Values[row], type.Kind);
                break;
            case FixedVector<long> c:
                to.Length += WriteLong(to.Reserve(TimestampText.MaxLength), c.Values[row], type, zone);
                break;
            case FixedVector<float> c:
                to.Length += DoubleText.Write(to.Reserve(DoubleText.MaxLength), c.Values[row]);
                break;
            case FixedVector<double> c:
                to.Length += DoubleText.Write(to.Reserve(DoubleText.MaxLength), c.Values[row]);
                break;
            case FixedVector<Int128> c:
                to.Length += DecimalText.WritePlain(to.Reserve(DecimalText.MaxLength), c.Values[row], type.Scale);
                break;
            case BytesVector c:
                to.Append(c.Slice(row));
                break;
            case ListVector c:
                WriteList(to, c, row, type, zone);
                break;
            case RowVector c:
                WriteRow(to, c, row, type, zone);
                break;
        }
    }

    private static int WriteInt(Span<byte> to, int value, SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Date => DateText.Write(to, value),
        SqlTypeKind.Time => DateText.WriteTime(to, value),
        SqlTypeKind.IntervalYearMonth => IntervalText.WriteMonths(to, value),
        _ => IntegerText.Write(to, value),
    };

    private static int WriteLong(Span<byte> to, long value, SqlType type, SessionZone? zone) => type.Kind switch
    {
        SqlTypeKind.Timestamp => TimestampText.WriteCast(to, value, type.Precision),
        SqlTypeKind.TimestampLtz => TimestampText.WriteCast(to, zone?.ToLocal(value) ?? value, type.Precision),
        SqlTypeKind.IntervalDayTime => IntervalText.WriteMillis(to, value),
        _ => IntegerText.Write(to, value),
    };

    private static void WriteList(ByteBuffer to, ListVector column, int row, SqlType type, SessionZone? zone)
    {
        SqlType elementType = type.Key ?? type.Element!;
        SqlType valueType = type.Kind == SqlTypeKind.Map ? type.Element! : SqlType.Int;
        to.Append(column.Values is null ? (byte)'[' : (byte)'{');
        for (int i = 0; i < column.Lengths[row]; i++)
        {
            to.Append(i > 0 ? ", "u8 : ""u8);
            WriteInside(to, column.Elements, column.Starts[row] + i, elementType, zone);
            if (column.Values is not null)
            {
                to.Append((byte)'=');
                WriteInside(to, column.Values, column.Starts[row] + i, valueType, zone);
            }
        }

        to.Append(column.Values is null ? (byte)']' : (byte)'}');
    }

    private static void WriteRow(ByteBuffer to, RowVector column, int row, SqlType type, SessionZone? zone)
    {
        to.Append((byte)'(');
        for (int f = 0; f < column.Fields.Length; f++)
        {
            to.Append(f > 0 ? ", "u8 : ""u8);
            WriteInside(to, column.Fields[f], row, type.Fields.Items[f].Type, zone);
        }

        to.Append((byte)')');
    }

    private static void WriteInside(ByteBuffer to, ColumnVector column, int row, SqlType type, SessionZone? zone)
    {
        if (column.IsNull(row))
        {
            to.Append("NULL"u8);
        }
        else
        {
            Write(to, column, row, type, zone);
        }
    }
}
