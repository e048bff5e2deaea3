using Millrace.Data;
using Millrace.Data.Text;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Anything to CHAR(n) and VARCHAR(n): its text, cut to n code points, for CHAR(n) filled up with blanks. Byte strings
/// are read as UTF-8, their rubbish as U+FFFD.
/// </summary>
internal sealed class ToTextKernel(Kernel operand, SqlType type, SessionZone zone) : Kernel(type)
{
    private readonly BytesVector result = new(type);
    private readonly ByteBuffer buffer = new();

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Copy(column, result, input.Count);
        buffer.Clear();
        for (int i = 0; i < input.Count; i++)
        {
            int start = buffer.Length;
            if (!column.IsNull(i))
            {
                Write(column, i, start);
            }

            result.Set(i, start, buffer.Length - start);
        }

        result.Data = buffer.Data;
        return result;
    }

    private void Write(ColumnVector column, int row, int start)
    {
        if (operand.Type.IsBinary)
        {
            BytesText.Write(buffer, ((BytesVector)column).Slice(row), Type.Length);
        }
        else
        {
            CastText.Write(buffer, column, row, operand.Type, zone);
            buffer.Length = start + CodePoints.Cut(buffer.Written[start..], Type.Length, out _);
        }

        if (Type.Kind == SqlTypeKind.Char)
        {
            CodePoints.Cut(buffer.Written[start..], Type.Length, out int count);
            buffer.Reserve(Type.Length - count)[..(Type.Length - count)].Fill((byte)' ');
            buffer.Length += Type.Length - count;
        }
    }
}
