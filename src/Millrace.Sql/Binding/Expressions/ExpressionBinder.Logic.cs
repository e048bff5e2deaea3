using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>AND, OR, NOT, IS .. and the signs.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindUnary(UnaryExpressionSyntax syntax)
    {
        if (Bind(syntax.Operand) is not { } operand)
        {
            return null;
        }

        if (!IsTyped(syntax.Operand, operand))
        {
            return null;
        }

        if (syntax.Operator.IsWord("NOT"))
        {
            return AsBoolean(syntax.Operand, operand, "NOT") ? new CallExpression(ScalarFunction.Not, [operand], operand.Type) : null;
        }

        string sign = syntax.Operator.Text;
        DemandOf(syntax.Operand, operand, TypeFamily.Numeric, $"with {sign}");
        if (!operand.Type.IsNumeric && !operand.Type.IsInterval)
        {
            context.Report(BindingDiagnostics.OperandType(context.At(syntax.Operand), sign, operand.Type, "a number"));
            return null;
        }

        return syntax.Operator.Kind == TokenKind.Plus ? operand
            : new CallExpression(ScalarFunction.Negate, [operand], operand.Type);
    }

    private Expression? BindConnective(BinaryExpressionSyntax syntax, ScalarFunction function)
    {
        Expression[]? sides = BindAll(syntax.Left, syntax.Right);
        return sides is not null
            && AsBoolean(syntax.Left, sides[0], function.Name)
            && AsBoolean(syntax.Right, sides[1], function.Name)
            ? new CallExpression(function, sides, BooleanOf(sides))
            : null;
    }

    private bool AsBoolean(ExpressionSyntax syntax, Expression operand, string construct)
    {
        DemandOf(syntax, operand, TypeFamily.Boolean, $"with {construct}");
        if (!IsTyped(syntax, operand))
        {
            return false;
        }

        if (operand.Type.Kind == SqlTypeKind.Boolean)
        {
            return true;
        }

        context.Report(BindingDiagnostics.OperandType(context.At(syntax), construct, operand.Type, "a condition"));
        return false;
    }

    private Expression? BindIs(IsExpressionSyntax syntax)
    {
        if (Bind(syntax.Operand) is not { } operand)
        {
            return null;
        }

        string test = syntax.Test.Text.ToUpperInvariant();
        if (test == "JSON")
        {
            return NotSupported(syntax);
        }

        if (test != "NULL" && !AsBoolean(syntax.Operand, operand, $"IS {test}"))
        {
            return null;
        }

        ScalarFunction function = (test, syntax.IsNegated) switch
        {
            ("NULL" or "UNKNOWN", false) => ScalarFunction.IsNull,
            ("NULL" or "UNKNOWN", true) => ScalarFunction.IsNotNull,
            ("TRUE", false) => ScalarFunction.IsTrue,
            ("TRUE", true) => ScalarFunction.IsNotTrue,
            ("FALSE", false) => ScalarFunction.IsFalse,
            _ => ScalarFunction.IsNotFalse,
        };
        return IsTyped(syntax.Operand, operand) ? new CallExpression(function, [operand], SqlType.Boolean.NotNull()) : null;
    }
}
