using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>Operators with two sides: arithmetic, and the way to comparisons and connectives.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindBinary(BinaryExpressionSyntax syntax)
    {
        SyntaxToken @operator = syntax.Operator;
        return @operator.Kind switch
        {
            TokenKind.Word when @operator.IsWord("AND") => BindConnective(syntax, ScalarFunction.And),
            TokenKind.Word when @operator.IsWord("OR") => BindConnective(syntax, ScalarFunction.Or),
            TokenKind.Equal => BindComparison(syntax, ScalarFunction.Equal),
            TokenKind.NotEqual => BindComparison(syntax, ScalarFunction.NotEqual),
            TokenKind.Less => BindComparison(syntax, ScalarFunction.Less),
            TokenKind.LessOrEqual => BindComparison(syntax, ScalarFunction.LessOrEqual),
            TokenKind.Greater => BindComparison(syntax, ScalarFunction.Greater),
            TokenKind.GreaterOrEqual => BindComparison(syntax, ScalarFunction.GreaterOrEqual),
            TokenKind.Plus => BindArithmetic(syntax, ScalarFunction.Add),
            TokenKind.Minus => BindArithmetic(syntax, ScalarFunction.Subtract),
            TokenKind.Star => BindArithmetic(syntax, ScalarFunction.Multiply),
            TokenKind.Slash => BindArithmetic(syntax, ScalarFunction.Divide),
            TokenKind.Concat => BindConcatOperator(syntax),
            TokenKind.Percent => BindArithmetic(syntax, ScalarFunction.Modulo),
            _ => NotSupported(syntax),
        };
    }

    private Expression? BindArithmetic(BinaryExpressionSyntax syntax, ScalarFunction function) =>
        BindAll(syntax.Left, syntax.Right) is { } sides
            ? Arithmetic(syntax, function, (syntax.Left, sides[0]), (syntax.Right, sides[1]))
            : null;

    private Expression? Arithmetic(
        ExpressionSyntax syntax,
        ScalarFunction function,
        (ExpressionSyntax Syntax, Expression Bound) left,
        (ExpressionSyntax Syntax, Expression Bound) right)
    {
        if (!IsTyped(left.Syntax, left.Bound) || !IsTyped(right.Syntax, right.Bound))
        {
            return null;
        }

        (SqlType first, SqlType second) = (left.Bound.Type, right.Bound.Type);
        if (first.IsInterval || second.IsInterval)
        {
            return TimeArithmetic(syntax, function, left.Bound, right.Bound);
        }

        DemandOf(left.Syntax, left.Bound, TypeFamily.Numeric, $"with {function.Name}");
        DemandOf(right.Syntax, right.Bound, TypeFamily.Numeric, $"with {function.Name}");
        if (ArithmeticType.Of(function, first, second) is not { } type)
        {
            context.Report(BindingDiagnostics.OperandTypes(context.At(syntax), function.Name, first, second));
            return null;
        }

        if (type.Kind == SqlTypeKind.Decimal && (function != ScalarFunction.Modulo
            || first.Kind == SqlTypeKind.Decimal || second.Kind == SqlTypeKind.Decimal))
        {
            return new CallExpression(function, [AsDecimal(left.Bound), AsDecimal(right.Bound)], type);
        }

        return function == ScalarFunction.Modulo && type.IsInteger
            ? new CallExpression(function, [left.Bound, right.Bound], type)
            : new CallExpression(function, [Coercion.To(left.Bound, type), Coercion.To(right.Bound, type)], type);
    }

    private static Expression AsDecimal(Expression expression) =>
        Coercion.To(expression, CommonType.AsDecimal(expression.Type));

    /// <summary>A point in time plus or minus an interval; DATE takes whole days and months.</summary>
    private Expression? TimeArithmetic(
        ExpressionSyntax syntax, ScalarFunction function, Expression left, Expression right)
    {
        bool isAddition = function == ScalarFunction.Add;
        if (left.Type.IsInterval && isAddition && !right.Type.IsInterval)
        {
            (left, right) = (right, left);
        }

        bool isPlusOrMinus = isAddition || function == ScalarFunction.Subtract;
        bool isTime = left.Type.Kind == SqlTypeKind.Time && right.Type.Kind == SqlTypeKind.IntervalDayTime;
        if (isPlusOrMinus && right.Type.IsInterval
            && (left.Type.IsTimestamp || left.Type.Kind == SqlTypeKind.Date || isTime))
        {
            SqlType type = left.Type.WithNullability(left.Type.IsNullable || right.Type.IsNullable);
            return new CallExpression(function, [left, right], type);
        }

        bool mayBecome = (left.Type.IsInterval || left.Type.IsNumeric || left.Type.Kind == SqlTypeKind.Time)
            && (right.Type.IsInterval || right.Type.IsNumeric);
        context.Report(mayBecome
            ? SqlSupportDiagnostics.TypesNotSupported(
                context.At(syntax), function.Name, left.Type, right.Type)
            : BindingDiagnostics.OperandTypes(context.At(syntax), function.Name, left.Type, right.Type));
        return null;
    }
}
