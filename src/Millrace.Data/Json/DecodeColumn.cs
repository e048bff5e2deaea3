using System.Text;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>How a column's values are written in JSON: what to do with a token.</summary>
internal enum DecodeKind : byte
{
    Skip,
    Text,
    Bytes,
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    Decimal,
    Date,
    Time,
    Timestamp,
    Null,
    Array,
    Map,
    Row,
}

/// <summary>A column, element, map value or row field that is being filled, with its vector's arrays at hand.</summary>
internal sealed class DecodeColumn
{
    public readonly string Name;
    public readonly byte[] Utf8Name;
    public readonly SqlType Type;
    public readonly DecodeKind Kind;

    /// <summary>
    /// Whether NULL spoils the record: a top-level NOT NULL column. Nested ones are not checked, as in Flink.
    /// </summary>
    public readonly bool Required;
    public readonly DecodeColumn? Key;
    public readonly DecodeColumn? Element;

    /// <summary>The fields of a ROW, as an object of them.</summary>
    public readonly ObjectShape? Fields;
    public TimestampReader Timestamps;

    public ColumnVector Vector = null!;
    public int[] Starts = [];
    public int[] Lengths = [];
    public long[] Longs = [];
    public int[] Ints = [];
    public byte[] Booleans = [];
    private int mark;
    public double[] Doubles = [];
    public float[] Floats = [];
    public Int128[] Decimals = [];

    public DecodeColumn(string name, SqlType type, TimestampStandard standard, bool required)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Type = type;
        Kind = KindOf(type.Kind);
        Required = required;
        Timestamps = new TimestampReader(standard, type.Kind == SqlTypeKind.TimestampLtz);
        Key = type.Kind == SqlTypeKind.Map ? Child(type.Key!, standard)
            : type.Kind == SqlTypeKind.Multiset ? Child(type.Element!, standard) : null;
        Element = type.Kind switch
        {
            SqlTypeKind.Array or SqlTypeKind.Map => Child(type.Element!, standard),
            SqlTypeKind.Multiset => Child(SqlType.Int, standard),
            _ => null,
        };
        Fields = type.Kind == SqlTypeKind.Row
            ? new ObjectShape([.. type.Fields.Items.Select(f => new DecodeColumn(f.Name, f.Type, standard, false))])
            : null;
    }

    /// <summary>Takes a vector to fill, and again whenever it has grown.</summary>
    public void Bind(ColumnVector vector)
    {
        Vector = vector;
        switch (vector)
        {
            case BytesVector v:
                (Starts, Lengths) = (v.Starts, v.Lengths);
                break;
            case FixedVector<long> v:
                Longs = v.Values;
                break;
            case FixedVector<int> v:
                Ints = v.Values;
                break;
            case FixedVector<byte> v:
                Booleans = v.Values;
                break;
            case FixedVector<double> v:
                Doubles = v.Values;
                break;
            case FixedVector<float> v:
                Floats = v.Values;
                break;
            case FixedVector<Int128> v:
                Decimals = v.Values;
                break;
            case ListVector v:
                (Starts, Lengths) = (v.Starts, v.Lengths);
                (Key ?? Element)!.Bind(v.Elements);
                if (v.Values is not null)
                {
                    Element!.Bind(v.Values);
                }

                break;
            case RowVector v:
                for (int i = 0; i < v.Fields.Length; i++)
                {
                    Fields!.Columns[i].Bind(v.Fields[i]);
                }

                break;
        }
    }

    /// <summary>Makes room for one more child row.</summary>
    public void Grow(int rows)
    {
        if (Vector.Capacity < rows)
        {
            Vector.EnsureCapacity(rows);
            Bind(Vector);
        }
    }

    /// <summary>Marks the row NULL, and the fields of a ROW with it.</summary>
    public void SetNull(int row)
    {
        Vector.SetNull(row);
        if (Fields is not null)
        {
            foreach (DecodeColumn field in Fields.Columns)
            {
                field.SetNull(row);
            }
        }
    }

    /// <summary>Notes where children of the next record begin.</summary>
    public void Mark()
    {
        if (Vector is ListVector list)
        {
            mark = list.ElementCount;
        }

        Key?.Mark();
        Element?.Mark();
        foreach (DecodeColumn field in Fields?.Columns ?? [])
        {
            field.Mark();
        }
    }

    /// <summary>
    /// Takes back what a record given up in the middle left in a row and in children since the <see cref="Mark"/>.
    /// </summary>
    public void Rollback(int row)
    {
        Vector.SetValid(row);
        RollbackLists();
    }

    private void RollbackLists()
    {
        if (Vector is ListVector list)
        {
            for (int i = mark; i < list.ElementCount; i++)
            {
                list.Elements.SetValid(i);
                list.Values?.SetValid(i);
            }

            list.ElementCount = mark;
        }

        Key?.RollbackLists();
        Element?.RollbackLists();
        foreach (DecodeColumn field in Fields?.Columns ?? [])
        {
            field.RollbackLists();
        }
    }

    /// <summary>Gives texts set aside their place; the last thing done to a vector.</summary>
    public void Finish(byte[] buffer, int rows)
    {
        switch (Vector)
        {
            case BytesVector v:
                v.FinishSlices(buffer, rows);
                break;
            case ListVector v:
                Key?.Finish(buffer, v.ElementCount);
                Element!.Finish(buffer, v.ElementCount);
                break;
            case RowVector:
                foreach (DecodeColumn field in Fields!.Columns)
                {
                    field.Finish(buffer, rows);
                }

                break;
        }
    }

    private static DecodeColumn Child(SqlType type, TimestampStandard standard) =>
        new("", type, standard, required: false);

    private static DecodeKind KindOf(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Null => DecodeKind.Null,
        SqlTypeKind.Boolean => DecodeKind.Boolean,
        SqlTypeKind.TinyInt => DecodeKind.TinyInt,
        SqlTypeKind.SmallInt => DecodeKind.SmallInt,
        SqlTypeKind.Int or SqlTypeKind.IntervalYearMonth => DecodeKind.Int,
        SqlTypeKind.BigInt or SqlTypeKind.IntervalDayTime => DecodeKind.BigInt,
        SqlTypeKind.Float => DecodeKind.Float,
        SqlTypeKind.Double => DecodeKind.Double,
        SqlTypeKind.Decimal => DecodeKind.Decimal,
        SqlTypeKind.Char or SqlTypeKind.VarChar => DecodeKind.Text,
        SqlTypeKind.Binary or SqlTypeKind.VarBinary => DecodeKind.Bytes,
        SqlTypeKind.Date => DecodeKind.Date,
        SqlTypeKind.Time => DecodeKind.Time,
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz => DecodeKind.Timestamp,
        SqlTypeKind.Array => DecodeKind.Array,
        SqlTypeKind.Map or SqlTypeKind.Multiset => DecodeKind.Map,
        _ => DecodeKind.Row,
    };
}
