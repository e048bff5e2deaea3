using System.Text;
using Millrace.Data;

namespace Millrace.Engine.Tests.Expressions;

/// <summary>
/// Columns of plain objects and back: bool, int, long, float, double, Int128 (unscaled), string. What a column says is
/// undefined (values of NULL rows, room behind the last row) is made as harmful as can be.
/// </summary>
internal static class Cells
{
    public static ColumnVector Column(SqlType type, params object?[] values)
    {
        ColumnVector column = ColumnVector.Create(type);
        column.Reset(values.Length);
        MemoryStream bytes = new();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is null)
            {
                column.SetNull(i);
            }

            Set(column, i, values[i], bytes);
        }

        if (column is BytesVector vector)
        {
            vector.Data = bytes.ToArray();
        }

        return column;
    }

    public static object? Read(ColumnVector column, int row) => column.IsNull(row) ? null : column switch
    {
        FixedVector<byte> { Values: byte[] bits } => bits[row] <= 1 ? bits[row] == 1 : bits[row],
        FixedVector<int> c => c.Values[row],
        FixedVector<long> c => c.Values[row],
        FixedVector<float> c => c.Values[row],
        FixedVector<double> c => c.Values[row],
        FixedVector<Int128> c => c.Values[row],
        BytesVector c => Encoding.UTF8.GetString(c.Slice(row)),
        _ => throw new InvalidOperationException($"{column.Type}"),
    };

    /// <summary>A batch of columns c0, c1 and so on.</summary>
    public static Batch Batch(params ColumnVector[] columns) => BatchOf(columns, Rows(columns));

    public static Batch BatchOf(ColumnVector[] columns, int rows)
    {
        Schema schema = new([.. columns.Select((c, i) => new SchemaColumn($"c{i}", c.Type))]);
        return new Batch(schema, columns) { Count = rows };
    }

    private static int Rows(ColumnVector[] columns) => columns[0].Capacity;

    private static void Set(ColumnVector column, int row, object? value, MemoryStream bytes)
    {
        switch (column)
        {
            case FixedVector<byte> c:
                c.Values[row] = value is null or true ? (byte)1 : (byte)0;
                break;
            case FixedVector<int> c:
                c.Values[row] = (int?)value ?? 0;
                break;
            case FixedVector<long> c:
                c.Values[row] = (long?)value ?? 0;
                break;
            case FixedVector<float> c:
                c.Values[row] = (float?)value ?? float.NaN;
                break;
            case FixedVector<double> c:
                c.Values[row] = (double?)value ?? double.NaN;
                break;
            case FixedVector<Int128> c:
                c.Values[row] = (Int128?)value ?? Int128.MaxValue;
                break;
            case BytesVector c:
                byte[] text = Encoding.UTF8.GetBytes((string?)value ?? "");
                c.Set(row, value is null ? int.MaxValue : (int)bytes.Length, value is null ? -1 : text.Length);
                bytes.Write(text);
                break;
            default:
                throw new InvalidOperationException($"{column.Type}");
        }
    }
}
