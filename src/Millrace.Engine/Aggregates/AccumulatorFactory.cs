using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Aggregates;

/// <summary>Makes the accumulators of an aggregate operator.</summary>
public static class AccumulatorFactory
{
    /// <summary>
    /// One accumulator per call, for one worker. All calls of an operator are given at once, because Flink evaluates
    /// AVG and SUM differently in some company (<see cref="AverageReduction"/>).
    /// </summary>
    /// <param name="calls">The operator's calls, in order.</param>
    /// <param name="input">The operator's input, whose columns the calls name.</param>
    public static Accumulator[] Create(IReadOnlyList<AggregateCall> calls, Schema input)
    {
        bool isReduced = AverageReduction.Applies(calls);
        return [.. calls.Select(c => Create(c, c.Argument is { } a ? input.Columns[a.Index].Type : null, isReduced))];
    }

    private static Accumulator Create(AggregateCall call, SqlType? argument, bool isReduced)
    {
        AggregateFunction function = call.Function;
        if (function == AggregateFunction.Count)
        {
            return call.IsDistinct
                ? new CountDistinctAccumulator(Filter(argument!), call.Type)
                : new CountAccumulator(call.Type);
        }

        if (function == AggregateFunction.Min || function == AggregateFunction.Max)
        {
            return Extremum(function == AggregateFunction.Max, call.Type);
        }

        if (function == AggregateFunction.Collect)
        {
            return Collect(call, argument!);
        }

        Accumulator plain = function == AggregateFunction.Sum ? Sum(call.Type, isReduced)
            : function == AggregateFunction.Avg ? Average(argument!, call.Type, isReduced)
            : throw new NotSupportedException($"no accumulator for {call}");
        return call.IsDistinct ? new DistinctAccumulator(Filter(argument!), plain) : plain;
    }

    private static Accumulator Sum(SqlType type, bool isReduced) => type.Kind switch
    {
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int => new SumAccumulator<int>(type, isReduced),
        SqlTypeKind.BigInt => new SumAccumulator<long>(type, isReduced),
        SqlTypeKind.Float => new SumAccumulator<float>(type, isReduced),
        SqlTypeKind.Double => new SumAccumulator<double>(type, isReduced),
        SqlTypeKind.Decimal => new DecimalSumAccumulator(type, isReduced),
        _ => throw new NotSupportedException($"no SUM of {type}"),
    };

    private static Accumulator Average(SqlType argument, SqlType type, bool isReduced) => type.Kind switch
    {
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int =>
            new IntegerAverageAccumulator<int>(type, isReduced),
        SqlTypeKind.BigInt => new IntegerAverageAccumulator<long>(type, isReduced),
        SqlTypeKind.Float => new ApproximateAverageAccumulator<float>(type, isReduced),
        SqlTypeKind.Double => new ApproximateAverageAccumulator<double>(type, isReduced),
        SqlTypeKind.Decimal => new DecimalAverageAccumulator(type, argument.Scale),
        _ => throw new NotSupportedException($"no AVG of {type}"),
    };

    private static Accumulator Extremum(bool isMax, SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<byte> => new ExtremumAccumulator<byte>(type, isMax),
        FixedVector<int> => new ExtremumAccumulator<int>(type, isMax),
        FixedVector<long> => new ExtremumAccumulator<long>(type, isMax),
        FixedVector<float> => new ExtremumAccumulator<float>(type, isMax),
        FixedVector<double> => new ExtremumAccumulator<double>(type, isMax),
        FixedVector<Int128> => new ExtremumAccumulator<Int128>(type, isMax),
        BytesVector => new BytesExtremumAccumulator(type, isMax),
        _ => throw new NotSupportedException($"no MIN or MAX of {type}"),
    };

    private static DistinctFilter Filter(SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<byte> => new DistinctFilter<byte>(new PlainCodec<byte>()),
        FixedVector<int> => new DistinctFilter<int>(new PlainCodec<int>()),
        FixedVector<long> => new DistinctFilter<long>(new PlainCodec<long>()),
        FixedVector<Int128> => new DistinctFilter<Int128>(new PlainCodec<Int128>()),
        FixedVector<float> => new DistinctFilter<int>(new FloatCodec()),
        FixedVector<double> => new DistinctFilter<long>(new DoubleCodec()),
        BytesVector => new DistinctFilter<int>(new BytesCodec()),
        _ => new DistinctFilter<int>(new NestedCodec(type)),
    };

    private static Accumulator Collect(AggregateCall call, SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<byte> => new CollectAccumulator<byte>(new PlainCodec<byte>(), call.IsDistinct, call.Type),
        FixedVector<int> => new CollectAccumulator<int>(new PlainCodec<int>(), call.IsDistinct, call.Type),
        FixedVector<long> => new CollectAccumulator<long>(new PlainCodec<long>(), call.IsDistinct, call.Type),
        FixedVector<Int128> => new CollectAccumulator<Int128>(new PlainCodec<Int128>(), call.IsDistinct, call.Type),
        FixedVector<float> => new CollectAccumulator<int>(new FloatCodec(), call.IsDistinct, call.Type),
        FixedVector<double> => new CollectAccumulator<long>(new DoubleCodec(), call.IsDistinct, call.Type),
        BytesVector => new CollectAccumulator<int>(new BytesCodec(), call.IsDistinct, call.Type),
        _ => throw new NotSupportedException($"no COLLECT of {type}"),
    };
}
