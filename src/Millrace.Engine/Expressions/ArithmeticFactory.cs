using Millrace.Data;
using Millrace.Engine.Expressions.Casts;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>Chooses the kernel for an arithmetic operator and the types of its sides.</summary>
internal static class ArithmeticFactory
{
    public static Kernel Create(CallExpression call, Kernel[] arguments)
    {
        ScalarFunction function = call.Function;
        if (function == ScalarFunction.Negate || function == ScalarFunction.Abs)
        {
            return Sign(arguments[0], function == ScalarFunction.Abs, call.Type);
        }

        Kernel left = arguments[0];
        Kernel right = arguments[1];
        bool isMinus = function == ScalarFunction.Subtract;
        if (right.Type.IsInterval && !left.Type.IsInterval && !left.Type.IsNumeric)
        {
            return new TimeArithmeticKernel(left, right, isMinus, call.Type);
        }

        if (left.Type.IsInterval && !right.Type.IsInterval && !right.Type.IsNumeric)
        {
            return new TimeArithmeticKernel(right, left, isMinus, call.Type);
        }

        if (left.Type.Kind == SqlTypeKind.Decimal && right.Type.Kind == SqlTypeKind.Decimal)
        {
            return Decimals(function, left, right, call.Type);
        }

        return function == ScalarFunction.Modulo ? Modulo(left, right, call.Type)
            : function == ScalarFunction.Divide ? Divide(left, right, call.Type)
            : function == ScalarFunction.Add ? Numbers<Addition>(left, right, call.Type)
            : function == ScalarFunction.Subtract ? Numbers<Subtraction>(left, right, call.Type)
            : function == ScalarFunction.Multiply ? Numbers<Multiplication>(left, right, call.Type)
            : throw new NotSupportedException($"no kernel for {call}");
    }

    // The remainder of whole DECIMALs may have an integer type.
    private static Kernel Decimals(ScalarFunction function, Kernel left, Kernel right, SqlType type)
    {
        if (type.Kind == SqlTypeKind.Decimal)
        {
            return new DecimalArithmeticKernel(function, left, right, type);
        }

        SqlType whole = SqlType.Decimal(SqlType.MaxDecimalPrecision, 0).WithNullability(type.IsNullable);
        Kernel remainder = new DecimalArithmeticKernel(function, left, right, whole);
        return CastFactory.Create(remainder, type, isTry: false, SessionZone.Utc);
    }

    private static Kernel Numbers<TOperator>(Kernel left, Kernel right, SqlType type)
        where TOperator : IArithmetic => ColumnVector.Create(type) switch
    {
        FixedVector<int> => new ArithmeticKernel<int, TOperator>(left, right, type),
        FixedVector<long> => new ArithmeticKernel<long, TOperator>(left, right, type),
        FixedVector<float> => new ArithmeticKernel<float, TOperator>(left, right, type),
        FixedVector<double> => new ArithmeticKernel<double, TOperator>(left, right, type),
        _ => throw new NotSupportedException($"no arithmetic over {type}"),
    };

    private static Kernel Divide(Kernel left, Kernel right, SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<int> => new IntegerDivisionKernel<int, int, int>(left, right, isModulo: false, type),
        FixedVector<long> => new IntegerDivisionKernel<long, long, long>(left, right, isModulo: false, type),
        FixedVector<float> => new ArithmeticKernel<float, ApproximateDivision>(left, right, type),
        FixedVector<double> => new ArithmeticKernel<double, ApproximateDivision>(left, right, type),
        _ => throw new NotSupportedException($"no division over {type}"),
    };

    private static Kernel Modulo(Kernel left, Kernel right, SqlType type) =>
        (IsWide(left.Type), IsWide(right.Type), IsWide(type)) switch
        {
            (false, false, false) => new IntegerDivisionKernel<int, int, int>(left, right, true, type),
            (false, false, true) => new IntegerDivisionKernel<int, int, long>(left, right, true, type),
            (true, false, false) => new IntegerDivisionKernel<long, int, int>(left, right, true, type),
            (true, false, true) => new IntegerDivisionKernel<long, int, long>(left, right, true, type),
            (false, true, false) => new IntegerDivisionKernel<int, long, int>(left, right, true, type),
            (false, true, true) => new IntegerDivisionKernel<int, long, long>(left, right, true, type),
            (true, true, false) => new IntegerDivisionKernel<long, long, int>(left, right, true, type),
            (true, true, true) => new IntegerDivisionKernel<long, long, long>(left, right, true, type),
        };

    private static bool IsWide(SqlType type) => type.Kind == SqlTypeKind.BigInt;

    private static Kernel Sign(Kernel operand, bool isAbs, SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<int> => new SignKernel<int>(operand, isAbs, type),
        FixedVector<long> => new SignKernel<long>(operand, isAbs, type),
        FixedVector<float> => new SignKernel<float>(operand, isAbs, type),
        FixedVector<double> => new SignKernel<double>(operand, isAbs, type),
        FixedVector<Int128> => new SignKernel<Int128>(operand, isAbs, type),
        _ => throw new NotSupportedException($"no sign of {type}"),
    };
}
