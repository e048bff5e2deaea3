using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>IN over a list: each item takes the type of the value, whatever it loses by that, as Flink does.
/// Constants make one list, anything else is OR of equalities.</content>
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

    /// <summary>The list as constants, or null when an item is none or cannot be one of the type.</summary>
    private InListExpression? InLiterals(
        InExpressionSyntax syntax, Expression value, Expression[] items, IReadOnlyList<ExpressionSyntax> values)
    {
        List<Literal> constants = [];
        for (int i = 0; i < items.Length; i++)
        {
            DemandByOther((syntax.Operand, value), items[i], ScalarFunction.Equal);
            if (items[i] is Literal literal && ListItem.As(value.Type, literal) is { } constant)
            {
                constants.Add(constant);
            }
        }

        bool isNullable = value.Type.IsNullable || constants.Exists(c => c.Value is null);
        return constants.Count == values.Count
            ? new InListExpression(value, constants, SqlType.Boolean.WithNullability(isNullable))
            : null;
    }

    private Expression? InEqualities(
        InExpressionSyntax syntax, Expression value, Expression[] items, IReadOnlyList<ExpressionSyntax> values)
    {
        Expression? any = null;
        for (int i = 0; i < items.Length; i++)
        {
            if (AsItem(values[i], value, items[i]) is not { } item
                || Compare(syntax, ScalarFunction.Equal, (syntax.Operand, value), (values[i], item)) is not { } equal)
            {
                return null;
            }

            any = any is null ? equal : Connect(ScalarFunction.Or, [any, equal]);
        }

        return any;
    }

    private Expression? AsItem(ExpressionSyntax syntax, Expression value, Expression item)
    {
        SqlType wanted = value.Type;
        if (item is Literal literal && ListItem.As(wanted, literal) is { } constant)
        {
            return constant;
        }

        bool isAlike = item.Type.Kind == wanted.Kind || (item.Type.IsCharacter && wanted.IsCharacter);
        bool isNumber = item is not Literal && item.Type.IsNumeric && wanted.IsNumeric;
        if (isAlike || isNumber)
        {
            return isAlike ? item : Coercion.To(item, wanted);
        }

        context.Report(SqlSupportDiagnostics.TypesNotSupported(context.At(syntax), "IN", wanted, item.Type));
        return null;
    }
}
