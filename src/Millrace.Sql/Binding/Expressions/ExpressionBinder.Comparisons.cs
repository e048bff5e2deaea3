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

    /// <summary>
    /// x BETWEEN a AND b is x &gt;= a AND x &lt;= b; NOT BETWEEN is x &lt; a OR x &gt; b; SYMMETRIC takes a and b
    /// either way.  </summary>
    private Expression? BindBetween(BetweenExpressionSyntax syntax)
    {
        if (BindAll(syntax.Operand, syntax.Lower, syntax.Upper) is not [var operand, var lower, var upper])
        {
            return null;
        }

        Expression? between = Between(syntax, operand, (syntax.Lower, lower), (syntax.Upper, upper));
        if (between is not null && syntax.IsSymmetric)
        {
            Expression? turned = Between(syntax, operand, (syntax.Upper, upper), (syntax.Lower, lower));
            between = turned is null ? null : Connect(ScalarFunction.Or, [between, turned]);
        }

        return between is not null && syntax.IsNegated ? Negation.Of(between) : between;
    }

    private CallExpression? Between(
        BetweenExpressionSyntax syntax,
        Expression operand,
        (ExpressionSyntax Syntax, Expression Bound) lower,
        (ExpressionSyntax Syntax, Expression Bound) upper)
    {
        Expression? above = Compare(syntax, ScalarFunction.GreaterOrEqual, (syntax.Operand, operand), lower);
        Expression? below = Compare(syntax, ScalarFunction.LessOrEqual, (syntax.Operand, operand), upper);
        return above is null || below is null
            ? null
            : new CallExpression(ScalarFunction.And, [above, below], BooleanOf(above, below));
    }

    private Expression? Compare(
        ExpressionSyntax syntax,
        ScalarFunction function,
        (ExpressionSyntax Syntax, Expression Bound) left,
        (ExpressionSyntax Syntax, Expression Bound) right)
    {
        if (left.Bound.Type.Kind == SqlTypeKind.Null || right.Bound.Type.Kind == SqlTypeKind.Null)
        {
            return CompareWithNull(function, left.Bound, right.Bound);
        }

        DemandByOther(left, right.Bound, function);
        DemandByOther(right, left.Bound, function);
        bool isEquality = function == ScalarFunction.Equal || function == ScalarFunction.NotEqual
            || function == ScalarFunction.IsDistinctFrom || function == ScalarFunction.IsNotDistinctFrom;
        left.Bound = BesideApproximate(left.Bound, right.Bound);
        right.Bound = BesideApproximate(right.Bound, left.Bound);
        (Comparability answer, SqlType? first, SqlType? second) =
            ComparisonRules.Of(left.Bound.Type, right.Bound.Type, isEquality);
        if (answer == Comparability.No && IsSelfComparison(left.Bound, right.Bound))
        {
            answer = Comparability.NotYet;
        }

        if (answer != Comparability.Yes)
        {
            (SqlType one, SqlType other) = (left.Bound.Type, right.Bound.Type);
            context.Report(answer == Comparability.NotYet
                ? SqlSupportDiagnostics.TypesNotSupported(context.At(syntax), function.Name, one, other)
                : BindingDiagnostics.OperandTypes(context.At(syntax), function.Name, one, other));
            return null;
        }

        Expression? from = AsType(syntax, left.Bound, first!, isEquality);
        Expression? to = AsType(syntax, right.Bound, second!, isEquality);
        if (from is null || to is null)
        {
            return null;
        }

        Expression[] sides = [from, to];
        bool isDistinctness = function == ScalarFunction.IsDistinctFrom || function == ScalarFunction.IsNotDistinctFrom;
        return new CallExpression(function, sides, isDistinctness ? SqlType.Boolean.NotNull() : BooleanOf(sides));
    }

    /// <summary>Flink's planner decides x &gt; x before it looks at the type: also of types without an order.</summary>
    private static bool IsSelfComparison(Expression left, Expression right) =>
        left is InputColumn a && right is InputColumn b && a.Index == b.Index;

    /// <summary>
    /// A text beside a time or a number is that; one that is none fails, but is NULL for = and &lt;&gt;.
    /// </summary>
    private Expression? AsType(ExpressionSyntax syntax, Expression side, SqlType type, bool isEquality)
    {
        if (!side.Type.IsCharacter || type.IsCharacter)
        {
            return Coercion.To(side, type);
        }

        SqlType wanted = type.WithNullability(side.Type.IsNullable || isEquality);
        if (side is Literal literal && ConstantText.As(wanted, literal) is { } constant)
        {
            return constant;
        }

        if (CastRules.Check(side.Type, wanted) == CastSupport.Supported)
        {
            return new CastExpression(side, wanted, isTry: isEquality);
        }

        context.Report(SqlSupportDiagnostics.TypesNotSupported(
            context.At(syntax), "a comparison", side.Type, type));
        return null;
    }

    /// <summary>A DECIMAL constant beside a DOUBLE or FLOAT is a DOUBLE from the start.</summary>
    private static Expression BesideApproximate(Expression side, Expression other) =>
        side is Literal { Type.Kind: SqlTypeKind.Decimal } && other.Type.IsApproximate
            ? Coercion.To(side, SqlType.Double)
            : side;

    /// <summary>A bare NULL beside anything: unknown, or whether the other side is NULL too.</summary>
    private static Expression CompareWithNull(ScalarFunction function, Expression left, Expression right)
    {
        Expression other = left.Type.Kind == SqlTypeKind.Null ? right : left;
        bool isDistinct = function == ScalarFunction.IsDistinctFrom;
        if (!isDistinct && function != ScalarFunction.IsNotDistinctFrom)
        {
            return Literal.NullOf(SqlType.Boolean);
        }

        return other.Type.Kind == SqlTypeKind.Null
            ? Literal.OfBoolean(!isDistinct)
            : new CallExpression(
                isDistinct ? ScalarFunction.IsNotNull : ScalarFunction.IsNull, [other], SqlType.Boolean.NotNull());
    }

    /// <summary>
    /// What one side of a comparison tells of an open other side. A column that it is equated with gives its very type,
    /// so that a join's keys agree.
    /// </summary>
    private void DemandByOther(
        (ExpressionSyntax Syntax, Expression Bound) side, Expression other, ScalarFunction function)
    {
        SqlType type = other.Type;
        (TypeFamily Family, string Words)? need = type.IsNumeric ? (TypeFamily.Numeric, "a number")
            : type.IsTimestamp ? (TypeFamily.Timestamp, "a point in time")
            : type.Kind == SqlTypeKind.Boolean ? (TypeFamily.Boolean, "a BOOLEAN")
            : type.Kind == SqlTypeKind.Char ? (TypeFamily.Character, "a text")
            : null;
        bool isEquated = function == ScalarFunction.Equal && other is InputColumn;
        if (need is { } needed)
        {
            DemandOf(
                side.Syntax, side.Bound, needed.Family, $"with {function.Name} beside {needed.Words}",
                isEquated ? type.Nullable() : null);
        }
    }
}
