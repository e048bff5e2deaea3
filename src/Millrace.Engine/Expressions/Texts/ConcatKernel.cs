using Millrace.Data;

namespace Millrace.Engine.Expressions.Texts;

/// <summary>CONCAT and <c>||</c>: the texts one behind the other; NULL if any is NULL.</summary>
internal sealed class ConcatKernel(Kernel[] arguments, SqlType type) : Kernel(type)
{
    private readonly BytesVector result = new(type);
    private readonly BytesVector[] parts = new BytesVector[arguments.Length];
    private byte[] buffer = [];

    public override bool CanFail => arguments.Any(a => a.CanFail);

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        for (int a = 0; a < arguments.Length; a++)
        {
            parts[a] = (BytesVector)arguments[a].Evaluate(input, active, failures);
        }

        result.Reset(input.Count);
        int used = 0;
        for (int row = 0; row < input.Count; row++)
        {
            int start = used;
            if (IsAnyNull(row))
            {
                result.SetNull(row);
            }
            else
            {
                used = Join(row, used);
            }

            result.Set(row, start, used - start);
        }

        result.Data = buffer;
        return result;
    }

    private bool IsAnyNull(int row)
    {
        foreach (BytesVector part in parts)
        {
            if (part.IsNull(row))
            {
                return true;
            }
        }

        return false;
    }

    private int Join(int row, int used)
    {
        foreach (BytesVector part in parts)
        {
            ReadOnlySpan<byte> text = part.Slice(row);
            if (used + text.Length > buffer.Length)
            {
                Array.Resize(ref buffer, Math.Max(used + text.Length, Math.Max(256, buffer.Length * 2)));
            }

            text.CopyTo(buffer.AsSpan(used));
            used += text.Length;
        }

        return used;
    }
}
