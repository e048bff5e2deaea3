using Millrace.Data;
using Millrace.Data.Time;

namespace Millrace.Engine.Expressions;

/// <summary>
/// DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ plus or minus an interval. Months keep the day, or take the month's last
/// one; a day-time interval is milliseconds of the time line, of which a DATE takes the whole days; a TIME goes round
/// at midnight.
/// </summary>
internal sealed class TimeArithmeticKernel : Kernel
{
    private readonly Kernel left;
    private readonly Kernel right;
    private readonly long sign;
    private readonly ColumnVector result;

    public TimeArithmeticKernel(Kernel left, Kernel right, bool isMinus, SqlType type)
        : base(type)
    {
        this.left = left;
        this.right = right;
        sign = isMinus ? -1 : 1;
        result = ColumnVector.Create(type);
    }

    public override bool CanFail => left.CanFail || right.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Merge(a, b, result, input.Count);
        switch (result)
        {
            case FixedVector<long> target:
                Timestamps(((FixedVector<long>)a).Values, b, target.Values, input.Count);
                break;
            case FixedVector<int> target when Type.Kind == SqlTypeKind.Time:
                Times(((FixedVector<int>)a).Values, b, target.Values, input.Count);
                break;
            case FixedVector<int> target:
                Dates(((FixedVector<int>)a).Values, b, target.Values, input.Count);
                break;
        }

        return result;
    }

    private void Timestamps(long[] values, ColumnVector interval, long[] target, int rows)
    {
        if (interval is FixedVector<long> ms)
        {
            for (int i = 0; i < rows; i++)
            {
                target[i] = unchecked(values[i] + (sign * ms.Values[i]));
            }

            return;
        }

        int[] months = ((FixedVector<int>)interval).Values;
        for (int i = 0; i < rows; i++)
        {
            target[i] = result.IsNull(i) ? 0 : CalendarMonths.AddToTimestamp(values[i], sign * months[i]);
        }
    }

    private void Dates(int[] values, ColumnVector interval, int[] target, int rows)
    {
        if (interval is FixedVector<long> ms)
        {
            for (int i = 0; i < rows; i++)
            {
                target[i] = unchecked(values[i] + (int)(sign * (ms.Values[i] / CivilDate.MillisPerDay)));
            }

            return;
        }

        int[] months = ((FixedVector<int>)interval).Values;
        for (int i = 0; i < rows; i++)
        {
            target[i] = result.IsNull(i) ? 0 : (int)CalendarMonths.AddToDay(values[i], sign * months[i]);
        }
    }

    private void Times(int[] values, ColumnVector interval, int[] target, int rows)
    {
        long[] ms = ((FixedVector<long>)interval).Values;
        for (int i = 0; i < rows; i++)
        {
            long moved = (values[i] + (sign * (ms[i] % CivilDate.MillisPerDay))) % CivilDate.MillisPerDay;
            target[i] = (int)(moved < 0 ? moved + CivilDate.MillisPerDay : moved);
        }
    }
}
