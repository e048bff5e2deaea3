using System.Text;
using Millrace.Data;
using Millrace.Data.Text;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// A cast that may fail for a value: CAST gives the row to the sink, TRY_CAST gives NULL. Some give NULL on their own
/// (a number too large for a DECIMAL), which a NOT NULL type cannot take.
/// </summary>
internal abstract class FallibleCastKernel(Kernel operand, SqlType type, bool isTry) : Kernel(type)
{
    private const int LongestQuote = 60;

    private readonly SqlType operandType = operand.Type;

    public override bool CanFail => true;

    public sealed override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        Result.Reset(input.Count);
        NullBits.Copy(column, Result, input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            if (!Result.IsNull(i))
            {
                CastOutcome outcome = Convert(column, i);
                if (outcome != CastOutcome.Done)
                {
                    Refuse(outcome, column, i, active, failures);
                }
            }
        }

        return Result;
    }

    protected abstract ColumnVector Result { get; }

    /// <summary>Writes the row of the result.</summary>
    protected abstract CastOutcome Convert(ColumnVector column, int row);

    private void Refuse(CastOutcome outcome, ColumnVector column, int row, RowMask active, FailureSink failures)
    {
        Result.SetNull(row);
        bool isNull = outcome == CastOutcome.Overflow ? Type.IsNullable : isTry && outcome == CastOutcome.Failed;
        if (isNull || !active[row])
        {
            return;
        }

        string reason = outcome == CastOutcome.Overflow ? FailureReasons.DecimalOverflow : FailureReasons.CastFailed;
        failures.Add(row, reason, $"{Quote(column, row)} is no {Type.Nullable()}.");
    }

    private string Quote(ColumnVector column, int row)
    {
        ByteBuffer text = new();
        CastText.Write(text, column, row, operandType, zone: null);
        string value = Encoding.UTF8.GetString(text.Written);
        value = value.Length > LongestQuote ? string.Concat(value.AsSpan(0, LongestQuote), "..") : value;
        return column is BytesVector ? $"'{value}'" : value;
    }
}
