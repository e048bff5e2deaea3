using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>Comparisons, BETWEEN, IS DISTINCT FROM.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindComparison(BinaryExpressionSyntax syntax, ScalarFunction function) =>
        BindAll(syntax.Left, syntax.Right) is { } sides
            ? Compare(syntax, function, (syntax.Left, sides[0]), (syntax.Right, sides[1]))
            : null;

    private Expression? BindDistinctFrom(DistinctFromExpressionSyntax syntax)
    {
        ScalarFunction function = syntax.IsNegated ? ScalarFunction.IsNotDistinctFrom : ScalarFunction.IsDistinctFrom;
        return BindAll(syntax.Left, syntax.Right) is { } sides
            ? Compare(syntax, function, (syntax.Left, sides[0]), (syntax.Right, sides[1]))
            : null;
    }

    /// <summary>x BETWEEN a AND b is x &gt;= a AND x &lt;= b; the negation is NOT of it.</summary>
    private Expression? BindBetween(BetweenExpressionSyntax syntax)
    {
        if (syntax.IsSymmetric)
        {
            return NotSupported(syntax);
        }

        if (BindAll(syntax.Operand, syntax.Lower, syntax.Upper) is not [var operand, var lower, var upper])
        {
            return null;
        }

        Expression? above = Compare(syntax, ScalarFunction.GreaterOrEqual, (syntax.Operand, operand), (syntax.Lower, lower));
        Expression? below = Compare(syntax, ScalarFunction.LessOrEqual, (syntax.Operand, operand), (syntax.Upper, upper));
        if (above is null || below is null)
        {
            return null;
        }

        CallExpression between = new(ScalarFunction.And, [above, below], BooleanOf(above, below));
        return syntax.IsNegated ? new CallExpression(ScalarFunction.Not, [between], between.Type) : between;
    }

    private Expression? Compare(
        ExpressionSyntax syntax,
        ScalarFunction function,
        (ExpressionSyntax Syntax, Expression Bound) left,
        (ExpressionSyntax Syntax, Expression Bound) right)
    {
        if (!IsTyped(left.Syntax, left.Bound) || !IsTyped(right.Syntax, right.Bound))
        {
            return null;
        }

        DemandByOther(left, right.Bound.Type, function);
        DemandByOther(right, left.Bound.Type, function);
        bool isEquality = function == ScalarFunction.Equal || function == ScalarFunction.NotEqual
            || function == ScalarFunction.IsDistinctFrom || function == ScalarFunction.IsNotDistinctFrom;
        (Comparability answer, SqlType? first, SqlType? second) = ComparisonRules.Of(left.Bound.Type, right.Bound.Type, isEquality);
        if (answer != Comparability.Yes)
        {
            string types = $"{left.Bound.Type} and {right.Bound.Type}";
            context.Report(answer == Comparability.NotYet
                ? SqlSupportDiagnostics.TypesNotSupported(context.At(syntax), function.Name, types)
                : BindingDiagnostics.OperandTypes(context.At(syntax), function.Name, left.Bound.Type, right.Bound.Type));
            return null;
        }

        Expression[] sides = [Coercion.To(left.Bound, first!), Coercion.To(right.Bound, second!)];
        bool isDistinctness = function == ScalarFunction.IsDistinctFrom || function == ScalarFunction.IsNotDistinctFrom;
        return new CallExpression(function, sides, isDistinctness ? SqlType.Boolean.NotNull() : BooleanOf(sides));
    }

    private void DemandByOther((ExpressionSyntax Syntax, Expression Bound) side, SqlType other, ScalarFunction function)
    {
        TypeFamily? family = other.IsNumeric ? TypeFamily.Numeric
            : other.IsTimestamp ? TypeFamily.Timestamp
            : other.Kind == SqlTypeKind.Boolean ? TypeFamily.Boolean
            : other.Kind == SqlTypeKind.Char ? TypeFamily.Character
            : null;
        if (family is { } needed)
        {
            DemandOf(side.Syntax, side.Bound, needed, $"with {function.Name} beside {other}");
        }
    }
}
