using Millrace.Data;
using Millrace.Data.Text;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Texts and byte strings to BINARY(n) and VARBINARY(n): cut to n bytes, for BINARY(n) filled up with zeros.
/// </summary>
internal sealed class ToBytesKernel(Kernel operand, SqlType type) : Kernel(type)
{
    private readonly BytesVector result = new(type);
    private readonly ByteBuffer buffer = new();

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        BytesVector column = (BytesVector)operand.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Copy(column, result, input.Count);
        buffer.Clear();
        for (int i = 0; i < input.Count; i++)
        {
            ReadOnlySpan<byte> value = column.IsNull(i) ? default : column.Slice(i);
            value = value.Length > Type.Length ? value[..Type.Length] : value;
            int start = buffer.Length;
            buffer.Append(value);
            if (Type.Kind == SqlTypeKind.Binary && !column.IsNull(i))
            {
                int missing = Type.Length - value.Length;
                buffer.Reserve(missing)[..missing].Clear();
                buffer.Length += missing;
            }

            result.Set(i, start, buffer.Length - start);
        }

        result.Data = buffer.Data;
        return result;
    }
}
