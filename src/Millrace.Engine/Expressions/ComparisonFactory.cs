using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>Chooses the comparer for an operator and the types of its sides.</summary>
internal static class ComparisonFactory
{
    public static bool Handles(ScalarFunction function) =>
        function == ScalarFunction.Equal || function == ScalarFunction.NotEqual
        || function == ScalarFunction.Less || function == ScalarFunction.LessOrEqual
        || function == ScalarFunction.Greater || function == ScalarFunction.GreaterOrEqual
        || function == ScalarFunction.IsDistinctFrom || function == ScalarFunction.IsNotDistinctFrom;

    public static Kernel Create(CallExpression call, Kernel left, Kernel right)
    {
        ScalarFunction function = call.Function;
        bool isNotDistinct = function == ScalarFunction.IsNotDistinctFrom;
        bool isDistinctness = function == ScalarFunction.IsDistinctFrom || isNotDistinct;
        if (IsSelfComparison(call))
        {
            bool holds = isNotDistinct || function == ScalarFunction.Equal
                || function == ScalarFunction.LessOrEqual || function == ScalarFunction.GreaterOrEqual;
            return new SelfComparisonKernel(left, holds, keepsNull: !isDistinctness, call.Type);
        }

        if (left is LiteralKernel && right is not LiteralKernel)
        {
            (left, right, function) = (right, left, Mirror(function));
        }

        // A DECIMAL constant beside a DOUBLE is a DOUBLE: then -0.0 is 0.0, which a DECIMAL column denies.
        if (left.Type.Kind == SqlTypeKind.Double && right is LiteralKernel { Value: Int128 number })
        {
            double value = DecimalMath.ToDouble(number, right.Type.Scale);
            right = new LiteralKernel(new Literal(value, SqlType.Double.NotNull()));
        }

        ValueComparer comparer = Comparer(isDistinctness ? ScalarFunction.Equal : function, left, right);
        return isDistinctness
            ? new DistinctFromKernel(left, right, comparer, isNotDistinct, call.Type)
            : new ComparisonKernel(left, right, comparer, call.Type);
    }

    // Only for approximate numbers does it make a difference: there NaN is not equal to itself.
    private static bool IsSelfComparison(CallExpression call) =>
        call.Arguments[0].Type.IsApproximate
        && string.Equals(call.Arguments[0].ToString(), call.Arguments[1].ToString(), StringComparison.Ordinal);

    private static ScalarFunction Mirror(ScalarFunction function) =>
        function == ScalarFunction.Less ? ScalarFunction.Greater
        : function == ScalarFunction.LessOrEqual ? ScalarFunction.GreaterOrEqual
        : function == ScalarFunction.Greater ? ScalarFunction.Less
        : function == ScalarFunction.GreaterOrEqual ? ScalarFunction.LessOrEqual
        : function;

    private static ValueComparer Comparer(ScalarFunction function, Kernel left, Kernel right)
    {
        bool isEqual = function == ScalarFunction.Equal;
        if (left.Type.IsCharacter || left.Type.IsBinary)
        {
            if (isEqual || function == ScalarFunction.NotEqual)
            {
                return right is LiteralKernel { IsNull: false } literal
                    ? new BytesLiteralComparer(literal.Bytes, isEqual)
                    : new BytesEqualityComparer(isEqual);
            }
        }
        else if (left.Type.Element is not null || left.Type.Kind == SqlTypeKind.Row)
        {
            return new NestedEqualityComparer(isEqual);
        }

        return function == ScalarFunction.Equal ? Ordered<EqualTo>(left.Type, right.Type)
            : function == ScalarFunction.NotEqual ? Ordered<NotEqualTo>(left.Type, right.Type)
            : function == ScalarFunction.Less ? Ordered<LessThan>(left.Type, right.Type)
            : function == ScalarFunction.LessOrEqual ? Ordered<AtMost>(left.Type, right.Type)
            : function == ScalarFunction.Greater ? Ordered<GreaterThan>(left.Type, right.Type)
            : function == ScalarFunction.GreaterOrEqual ? Ordered<AtLeast>(left.Type, right.Type)
            : throw new NotSupportedException($"{function} is no comparison");
    }

    private static ValueComparer Ordered<TComparison>(SqlType left, SqlType right)
        where TComparison : IComparison
    {
        if (left.Kind == SqlTypeKind.Decimal || right.Kind == SqlTypeKind.Decimal)
        {
            return Decimals<TComparison>(left, right);
        }

        return ColumnVector.Create(left) switch
        {
            FixedVector<byte> => new FixedComparer<byte, TComparison>(),
            FixedVector<int> => new FixedComparer<int, TComparison>(),
            FixedVector<long> => new FixedComparer<long, TComparison>(),
            FixedVector<float> => new FixedComparer<float, TComparison>(),
            FixedVector<double> => new FixedComparer<double, TComparison>(),
            BytesVector => new BytesComparer<TComparison>(),
            _ => throw new NotSupportedException($"{left} has no order"),
        };
    }

    private static ValueComparer Decimals<TComparison>(SqlType left, SqlType right)
        where TComparison : IComparison
    {
        if (left.Kind == SqlTypeKind.Double)
        {
            return new DoubleDecimalComparer<TComparison>(right.Scale, isSwapped: false);
        }

        if (right.Kind == SqlTypeKind.Double)
        {
            return new DoubleDecimalComparer<TComparison>(left.Scale, isSwapped: true);
        }

        return left.Scale == right.Scale
            ? new FixedComparer<Int128, TComparison>()
            : new DecimalComparer<TComparison>(left.Scale, right.Scale);
    }
}
