using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>IN over a list. Literals of the value's own type make one list; anything else is OR of
/// equalities.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindIn(InExpressionSyntax syntax)
    {
        if (syntax.Set.Values is not { } values)
        {
            return NotSupported(syntax);
        }

        Expression? value = Bind(syntax.Operand);
        Expression[]? items = BindAll([.. values]);
        if (value is null || items is null)
        {
            return null;
        }

        if (value.Type.Kind == SqlTypeKind.Null && Array.Exists(items, i => i.Type.Kind != SqlTypeKind.Null))
        {
            return Literal.NullOf(SqlType.Boolean);
        }

        if (!IsTyped(syntax.Operand, value))
        {
            return null;
        }

        Expression? list = InLiterals(syntax, value, items, values) ?? InEqualities(syntax, value, items, values);
        return list is null || !syntax.IsNegated ? list : Negation.Of(list);
    }

    /// <summary>The list as constants, or null when an item is none or has another type.</summary>
    private InListExpression? InLiterals(
        InExpressionSyntax syntax, Expression value, Expression[] items, IReadOnlyList<ExpressionSyntax> values)
    {
        List<Literal> constants = [];
        for (int i = 0; i < items.Length; i++)
        {
            DemandByOther((syntax.Operand, value), items[i], ScalarFunction.Equal);
            if (items[i] is not Literal literal || !IsListable(value.Type, literal.Type))
            {
                return null;
            }

            if (Coercion.To(literal, value.Type) is not Literal constant)
            {
                return null;
            }

            constants.Add(constant);
        }

        bool isNullable = value.Type.IsNullable || constants.Exists(c => c.Value is null);
        return new InListExpression(value, constants, SqlType.Boolean.WithNullability(isNullable));
    }

    // What is sure to be converted without loss; the rest is compared one by one or refused.
    private static bool IsListable(SqlType value, SqlType item) => item.Kind == SqlTypeKind.Null
        || (value.IsCharacter && item.IsCharacter)
        || (value.Kind == item.Kind
            && value.Kind is SqlTypeKind.Boolean or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Double
            or SqlTypeKind.Date)
        || (value.Kind == SqlTypeKind.BigInt && item.Kind == SqlTypeKind.Int)
        || (value.Kind == SqlTypeKind.Double && (item.IsInteger || item.Kind == SqlTypeKind.Decimal))
        || (value.Kind == SqlTypeKind.Decimal && item.Kind == SqlTypeKind.Decimal && item.Scale <= value.Scale
            && item.Precision - item.Scale <= value.Precision - value.Scale)
        || (value.Kind == SqlTypeKind.Decimal && item.Kind == SqlTypeKind.Int && value.Precision - value.Scale >= 10);

    private Expression? InEqualities(
        InExpressionSyntax syntax, Expression value, Expression[] items, IReadOnlyList<ExpressionSyntax> values)
    {
        Expression? any = null;
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Type.Kind != SqlTypeKind.Null && items[i].Type.Kind != value.Type.Kind
                && !(items[i].Type.IsCharacter && value.Type.IsCharacter))
            {
                context.Report(SqlSupportDiagnostics.TypesNotSupported(
                    context.At(values[i]), "IN", $"{value.Type} and {items[i].Type}"));
                return null;
            }

            Expression item = items[i].Type.Kind == SqlTypeKind.Null ? Literal.NullOf(value.Type) : items[i];
            if (Compare(syntax, ScalarFunction.Equal, (syntax.Operand, value), (values[i], item)) is not { } equal)
            {
                return null;
            }

            any = any is null ? equal : new CallExpression(ScalarFunction.Or, [any, equal], BooleanOf(any, equal));
        }

        return any;
    }
}
