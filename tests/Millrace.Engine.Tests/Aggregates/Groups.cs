using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Tests.Expressions;
using Millrace.Plans;

namespace Millrace.Engine.Tests.Aggregates;

/// <summary>Aggregate calls over one argument column, and what groups come to as plain objects.</summary>
internal static class Groups
{
    public static AggregateCall Call(AggregateFunction function, SqlType? argument, bool isDistinct = false)
    {
        InputColumn? column = argument is null ? null : new InputColumn(0, "x", argument);
        return new AggregateCall(function, column, isDistinct, null, ResultType(function, argument));
    }

    public static Accumulator Accumulator(AggregateCall call) => Accumulators(call)[0];

    public static Accumulator[] Accumulators(params AggregateCall[] calls)
    {
        SqlType argument = calls.Select(c => c.Argument?.Type).FirstOrDefault(t => t is not null) ?? SqlType.Int;
        return AccumulatorFactory.Create(calls, new Schema([new SchemaColumn("x", argument)]));
    }

    /// <summary>The result of all values in one group.</summary>
    public static object? Result(AggregateCall call, params object?[] values) =>
        Result(Accumulator(call), call, values);

    public static object? Result(Accumulator accumulator, AggregateCall call, params object?[] values)
    {
        accumulator.EnsureGroups(1);
        int[] rows = [.. Enumerable.Range(0, values.Length)];
        ColumnVector? argument = call.Argument is null ? null : Cells.Column(call.Argument.Type, values);
        accumulator.Update(new int[values.Length], argument, rows);
        return Emit(accumulator, 0);
    }

    public static object? Emit(Accumulator accumulator, int group) => Emit(accumulator, [group])[0];

    /// <summary>The values of groups, written to the rows of one column in reverse order.</summary>
    public static object?[] Emit(Accumulator accumulator, int[] groups)
    {
        ColumnVector target = ColumnVector.Create(accumulator.ResultType);
        target.Reset(groups.Length);
        Begin(target);
        int[] targetRows = [.. Enumerable.Range(0, groups.Length).Reverse()];
        accumulator.Emit(groups, target, targetRows);
        return [.. targetRows.Select(r => Read(target, r))];
    }

    private static void Begin(ColumnVector target)
    {
        if (target is BytesVector bytes)
        {
            bytes.BeginAppend();
        }
        else if (target is ListVector list)
        {
            Begin(list.Elements);
        }
    }

    // A multiset as a=1,b=2 in its order.
    private static object? Read(ColumnVector column, int row) => column is not ListVector list
        ? Cells.Read(column, row)
        : string.Join(',', Enumerable.Range(list.Starts[row], list.Lengths[row])
            .Select(i => $"{Cells.Read(list.Elements, i)}={Cells.Read(list.Values!, i)}"));

    private static SqlType ResultType(AggregateFunction function, SqlType? argument)
    {
        if (function == AggregateFunction.Count)
        {
            return SqlType.BigInt.NotNull();
        }

        if (function == AggregateFunction.Collect)
        {
            return SqlType.Multiset(argument!).NotNull();
        }

        bool isDecimal = argument!.Kind == SqlTypeKind.Decimal;
        return isDecimal && function == AggregateFunction.Sum ? SqlType.Decimal(38, argument.Scale)
            : isDecimal && function == AggregateFunction.Avg ? SqlType.Decimal(38, Math.Max(6, argument.Scale))
            : argument;
    }
}
