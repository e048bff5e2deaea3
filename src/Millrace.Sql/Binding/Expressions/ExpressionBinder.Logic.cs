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
        if (syntax.Operator.Kind == TokenKind.Minus && Unwrapped(syntax.Operand) is NumberLiteralSyntax number)
        {
            return LiteralBinder.Number(number, context, isNegative: true);
        }

        if (Bind(syntax.Operand) is not { } operand || !IsTyped(syntax.Operand, operand))
        {
            return null;
        }

        if (syntax.Operator.IsWord("NOT"))
        {
            return AsBoolean(syntax.Operand, operand, "NOT") ? Negation.Of(operand) : null;
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

    private static ExpressionSyntax Unwrapped(ExpressionSyntax syntax) =>
        syntax is ParenthesizedExpressionSyntax nested ? Unwrapped(nested.Expression) : syntax;

    private Expression? BindConnective(BinaryExpressionSyntax syntax, ScalarFunction function)
    {
        Expression[]? sides = BindAll(syntax.Left, syntax.Right);
        return sides is not null
            && AsBoolean(syntax.Left, sides[0], function.Name)
            && AsBoolean(syntax.Right, sides[1], function.Name)
            ? Connect(function, sides)
            : null;
    }

    /// <summary>A constant that decides does so unasked: the other side, which may fail, is not evaluated.</summary>
    private static Expression Connect(ScalarFunction function, Expression[] sides)
    {
        bool deciding = function == ScalarFunction.Or;
        bool isDecided = Array.Exists(sides, s => s is Literal { Value: bool value } && value == deciding);
        return isDecided ? new Literal(deciding, BooleanOf(sides))
            : new CallExpression(function, sides, BooleanOf(sides));
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
        return test == "NULL" ? NullTest(function, operand)
            : new CallExpression(function, [operand], SqlType.Boolean.NotNull());
    }

    /// <summary>An integer calculation is NULL where an operand is; whether it fails (1 / 0) is not asked.</summary>
    private static Expression NullTest(ScalarFunction function, Expression operand)
    {
        if (operand.Type.Kind == SqlTypeKind.Null)
        {
            return Literal.OfBoolean(function == ScalarFunction.IsNull);
        }

        bool isCalculation = operand is CallExpression { Arguments.Count: 2 } call && call.Type.IsInteger
            && (call.Function == ScalarFunction.Divide || call.Function == ScalarFunction.Modulo);
        if (!isCalculation)
        {
            return new CallExpression(function, [operand], SqlType.Boolean.NotNull());
        }

        Expression[] tests = [.. operand.Operands.Select(o => NullTest(function, o))];
        ScalarFunction connective = function == ScalarFunction.IsNull ? ScalarFunction.Or : ScalarFunction.And;
        return new CallExpression(connective, tests, SqlType.Boolean.NotNull());
    }
}
