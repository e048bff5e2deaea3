using Millrace.Data;
using Millrace.Data.Time;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Casts between DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ. An instant is its wall time in the session's zone, and a wall
/// time an instant there; a TIME is put on 1970-01-01. Fewer fraction digits are cut toward the epoch, as Flink does,
/// but a TIMESTAMP's date is the day it lies in (there Flink is a day off before 1970).
/// </summary>
internal sealed class TimeCastKernel : Kernel
{
    private readonly Kernel operand;
    private readonly SessionZone zone;
    private readonly ColumnVector result;
    private readonly bool isLocal;
    private readonly long unit;

    public TimeCastKernel(Kernel operand, SqlType type, SessionZone zone)
        : base(type)
    {
        this.operand = operand;
        this.zone = zone;
        result = ColumnVector.Create(type);
        isLocal = operand.Type.Kind == SqlTypeKind.TimestampLtz;
        unit = type.Precision switch { 0 => 1000, 1 => 100, 2 => 10, _ => 1 };
    }

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Copy(column, result, input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            if (!result.IsNull(i))
            {
                Convert(column, i);
            }
        }

        return result;
    }

    private void Convert(ColumnVector column, int row)
    {
        switch (Type.Kind)
        {
            case SqlTypeKind.Date:
                long day = CivilDate.FloorDiv(WallTime(column, row), CivilDate.MillisPerDay);
                ((FixedVector<int>)result).Values[row] = (int)day;
                break;
            case SqlTypeKind.Time:
                ((FixedVector<int>)result).Values[row] = TimeOfDay(WallTime(column, row));
                break;
            default:
                ((FixedVector<long>)result).Values[row] = Timestamp(column, row);
                break;
        }
    }

    // Of a TIMESTAMP before 1970 the seconds are cut toward the epoch, so that its last second's fraction is midnight.
    private int TimeOfDay(long wallTime)
    {
        long ofDay = wallTime % CivilDate.MillisPerDay;
        bool isCut = !isLocal && ofDay is < 0 and > -1000;
        return isCut ? 0 : (int)(ofDay < 0 ? ofDay + CivilDate.MillisPerDay : ofDay);
    }

    private long Timestamp(ColumnVector column, int row)
    {
        bool staysInstant = isLocal && Type.Kind == SqlTypeKind.TimestampLtz;
        long value = staysInstant ? ((FixedVector<long>)column).Values[row] : WallTime(column, row);
        if (unit > 1)
        {
            value = value / unit * unit;
        }

        return Type.Kind == SqlTypeKind.TimestampLtz && !staysInstant ? zone.ToInstant(value) : value;
    }

    private long WallTime(ColumnVector column, int row) => column switch
    {
        FixedVector<long> c => isLocal ? zone.ToLocal(c.Values[row]) : c.Values[row],
        FixedVector<int> c when operand.Type.Kind == SqlTypeKind.Date => c.Values[row] * CivilDate.MillisPerDay,
        FixedVector<int> c => c.Values[row],
        _ => throw new NotSupportedException($"{operand.Type} is no time"),
    };
}
