using System.Diagnostics.CodeAnalysis;
using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A constant as a column, filled once and again only when a batch is longer than all before. Who reads it may look at
/// <see cref="Value"/> instead, in the storage form that <see cref="Literal"/> names.
/// </summary>
internal sealed class LiteralKernel : Kernel
{
    private readonly ColumnVector column;
    private int filled;

    public LiteralKernel(Literal literal)
        : base(literal.Type)
    {
        Value = literal.Value;
        column = ColumnVector.Create(literal.Type);
    }

    public object? Value { get; }

    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsNull => Value is null;

    /// <summary>Whether it is the exact number zero.</summary>
    public bool IsZero => Value is 0 or 0L || (Value is Int128 number && number == 0);

    /// <summary>The UTF-8 text or the bytes of a character or binary literal; empty when NULL.</summary>
    public byte[] Bytes => Value as byte[] ?? [];

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        if (input.Count > filled || filled == 0)
        {
            Fill(input.Count);
        }

        return column;
    }

    private void Fill(int rows)
    {
        column.Reset(rows);
        filled = column.Capacity;
        switch (Value)
        {
            case null:
                column.MakeNullable(filled);
                column.Validity.Clear();
                ClearSlices();
                break;
            case bool value:
                ((FixedVector<byte>)column).Values.AsSpan().Fill(value ? (byte)1 : (byte)0);
                break;
            case int value:
                ((FixedVector<int>)column).Values.AsSpan().Fill(value);
                break;
            case long value:
                ((FixedVector<long>)column).Values.AsSpan().Fill(value);
                break;
            case float value:
                ((FixedVector<float>)column).Values.AsSpan().Fill(value);
                break;
            case double value:
                ((FixedVector<double>)column).Values.AsSpan().Fill(value);
                break;
            case Int128 value:
                ((FixedVector<Int128>)column).Values.AsSpan().Fill(value);
                break;
            case byte[] value:
                BytesVector bytes = (BytesVector)column;
                bytes.Data = value;
                bytes.Starts.AsSpan().Clear();
                bytes.Lengths.AsSpan().Fill(value.Length);
                break;
            default:
                throw new NotSupportedException($"a literal may not hold a {Value.GetType().Name}");
        }
    }

    private void ClearSlices()
    {
        if (column is BytesVector bytes)
        {
            bytes.Starts.AsSpan().Clear();
            bytes.Lengths.AsSpan().Clear();
        }
    }
}
