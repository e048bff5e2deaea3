using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>Functions over texts. Their results are STRING, but for <c>||</c>, which adds the lengths.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindConcatOperator(BinaryExpressionSyntax syntax)
    {
        if (BindAll(syntax.Left, syntax.Right) is not [var left, var right]
            || !AreTexts("||", [left, right], [syntax.Left, syntax.Right]))
        {
            return null;
        }

        long length = Math.Min((long)left.Type.Length + right.Type.Length, SqlType.MaxLength);
        bool isFixed = left.Type.Kind == SqlTypeKind.Char && right.Type.Kind == SqlTypeKind.Char;
        SqlType type = isFixed ? SqlType.Char((int)length) : SqlType.VarChar((int)length);
        type = type.WithNullability(left.Type.IsNullable || right.Type.IsNullable);
        return new CallExpression(ScalarFunction.Concat, [left, right], type);
    }

    private Expression? BindConcat(FunctionCallSyntax syntax)
    {
        if (syntax.Arguments.Count == 0)
        {
            context.Report(BindingDiagnostics.ArgumentCount(context.At(syntax), "CONCAT", "at least one argument", 0));
            return null;
        }

        return BindAll([.. syntax.Arguments]) is { } texts && AreTexts("CONCAT", texts, [.. syntax.Arguments])
            ? new CallExpression(
                ScalarFunction.Concat, texts, SqlType.String.WithNullability(texts.Any(t => t.Type.IsNullable)))
            : null;
    }

    /// <summary>SUBSTRING(text, start [, length]), written with commas or with FROM and FOR.</summary>
    private Expression? BindSubstring(ExpressionSyntax syntax, ExpressionSyntax[] parts)
    {
        if (parts.Length is < 2 or > 3)
        {
            context.Report(BindingDiagnostics.ArgumentCount(
                context.At(syntax), "SUBSTRING", "a text, a start and perhaps a length", parts.Length));
            return null;
        }

        return BindAll(parts) is { } bound
            && AreTexts("SUBSTRING", bound[..1], parts[..1])
            && AreIntegers("SUBSTRING", bound[1..], parts[1..])
            ? new CallExpression(ScalarFunction.Substring, bound, SqlType.String)
            : null;
    }

    private Expression? BindSplitIndex(FunctionCallSyntax syntax)
    {
        if (!HasArguments(syntax, "SPLIT_INDEX", 3) || BindAll([.. syntax.Arguments]) is not { } bound)
        {
            return null;
        }

        if (bound[1].Type.IsNumeric)
        {
            context.Report(SqlSupportDiagnostics.TypesNotSupported(
                context.At(syntax.Arguments[1]), "SPLIT_INDEX with a separator", bound[1].Type));
            return null;
        }

        return AreTexts("SPLIT_INDEX", bound[..2], [.. syntax.Arguments.Take(2)])
            && AreIntegers("SPLIT_INDEX", bound[2..], [syntax.Arguments[2]])
            ? new CallExpression(ScalarFunction.SplitIndex, bound, SqlType.String)
            : null;
    }

    private bool AreTexts(string function, Expression[] bound, ExpressionSyntax[] syntax)
    {
        bool areTexts = true;
        for (int i = 0; i < bound.Length; i++)
        {
            DemandOf(syntax[i], bound[i], TypeFamily.Character, $"in {function}");
            if (!IsTyped(syntax[i], bound[i]))
            {
                areTexts = false;
            }
            else if (!bound[i].Type.IsCharacter)
            {
                context.Report(
                    BindingDiagnostics.ArgumentType(context.At(syntax[i]), function, "text", bound[i].Type));
                areTexts = false;
            }
        }

        return areTexts;
    }

    /// <summary>INT, as kernels take it; other numbers are not supported yet.</summary>
    private bool AreIntegers(string function, Expression[] bound, ExpressionSyntax[] syntax)
    {
        bool areIntegers = true;
        for (int i = 0; i < bound.Length; i++)
        {
            DemandOf(syntax[i], bound[i], TypeFamily.Numeric, $"in {function}");
            if (!IsTyped(syntax[i], bound[i]))
            {
                areIntegers = false;
            }
            else if (bound[i].Type.Kind != SqlTypeKind.Int)
            {
                context.Report(bound[i].Type.IsNumeric
                    ? SqlSupportDiagnostics.TypesNotSupported(context.At(syntax[i]), function, bound[i].Type)
                    : BindingDiagnostics.ArgumentType(context.At(syntax[i]), function, "an INT", bound[i].Type));
                areIntegers = false;
            }
        }

        return areIntegers;
    }
}
