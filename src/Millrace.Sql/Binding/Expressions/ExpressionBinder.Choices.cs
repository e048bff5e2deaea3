using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>CASE, COALESCE, NULLIF: constructs whose parts share a type.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindCase(CaseExpressionSyntax syntax)
    {
        List<Expression> conditions = [];
        List<Expression> results = [];
        List<ExpressionSyntax> places = [];
        bool isWhole = true;
        foreach (WhenClauseSyntax branch in syntax.Branches)
        {
            Expression? condition = BindWhen(syntax, branch);
            Expression? result = Bind(branch.Result);
            isWhole &= condition is not null && result is not null;
            if (condition is not null && result is not null)
            {
                conditions.Add(condition);
                results.Add(result);
                places.Add(branch.Result);
            }
        }

        Expression? otherwise = syntax.Else is { } last ? Bind(last.Result) : new Literal(null, SqlType.Null);
        if (!isWhole || otherwise is null)
        {
            return null;
        }

        results.Add(otherwise);
        places.Add(syntax.Else?.Result ?? places[^1]);
        if (Unify(syntax, "CASE", results, places) is not { } type)
        {
            return null;
        }

        type = type.WithNullability(results.Exists(r => r.Type.IsNullable));
        CaseBranch[] branches = [.. conditions.Select((c, i) => new CaseBranch(c, Coercion.To(results[i], type)))];
        return new CaseExpression(branches, Coercion.To(results[^1], type), type);
    }

    /// <summary>The condition of a branch: written out, or the operand's equality with any of the values.</summary>
    private Expression? BindWhen(CaseExpressionSyntax syntax, WhenClauseSyntax branch)
    {
        if (syntax.Operand is not { } operandSyntax)
        {
            return BindCondition(branch.Tests[0], "WHEN");
        }

        Expression? any = null;
        foreach (ExpressionSyntax test in branch.Tests)
        {
            if (BindAll(operandSyntax, test) is not [var operand, var value]
                || Compare(test, ScalarFunction.Equal, (operandSyntax, operand), (test, value)) is not { } equal)
            {
                return null;
            }

            any = any is null ? equal : new CallExpression(ScalarFunction.Or, [any, equal], BooleanOf(any, equal));
        }

        return any;
    }

    /// <summary>COALESCE is NOT NULL if any argument is.</summary>
    private Expression? BindCoalesce(FunctionCallSyntax syntax)
    {
        if (syntax.Arguments.Count == 0)
        {
            context.Report(
                BindingDiagnostics.ArgumentCount(context.At(syntax), "COALESCE", "at least one argument", 0));
            return null;
        }

        if (BindAll([.. syntax.Arguments]) is not { } arguments
            || Unify(syntax, "COALESCE", arguments, [.. syntax.Arguments]) is not { } type)
        {
            return null;
        }

        type = type.WithNullability(Array.TrueForAll(arguments, a => a.Type.IsNullable));
        return new CallExpression(ScalarFunction.Coalesce, [.. arguments.Select(a => Coercion.To(a, type))], type);
    }

    /// <summary>IF(c, a, b) is CASE WHEN c THEN a ELSE b END, but NULL is possible when it is for any of the
    /// three.</summary>
    private Expression? BindIf(FunctionCallSyntax syntax)
    {
        if (!HasArguments(syntax, "IF", 3) || BindAll([.. syntax.Arguments]) is not [var condition, var yes, var no]
            || !IsTyped(syntax.Arguments[0], condition) || !IsTyped(syntax.Arguments[1], yes)
            || !IsTyped(syntax.Arguments[2], no))
        {
            return null;
        }

        if (BindCondition(syntax.Arguments[0], "IF") is null
            || Unify(syntax, "IF", [yes, no], [syntax.Arguments[1], syntax.Arguments[2]]) is not { } type)
        {
            return null;
        }

        if (yes.Type.IsCharacter && !IsStringOrAlike(yes.Type, no.Type))
        {
            context.Report(SqlSupportDiagnostics.TypesNotSupported(
                context.At(syntax), "IF", yes.Type, no.Type));
            return null;
        }

        type = type.WithNullability(condition.Type.IsNullable || yes.Type.IsNullable || no.Type.IsNullable);
        return new CaseExpression([new CaseBranch(condition, Coercion.To(yes, type))], Coercion.To(no, type), type);
    }

    // Which texts of different lengths IF makes one is not known.
    private static bool IsStringOrAlike(SqlType yes, SqlType no) =>
        yes.IsSameTypeAs(no) || (yes.IsSameTypeAs(SqlType.String) && no.IsCharacter);

    /// <summary>NULLIF(a, b) is CASE WHEN a = b THEN NULL ELSE a END.</summary>
    private Expression? BindNullIf(FunctionCallSyntax syntax)
    {
        if (!HasArguments(syntax, "NULLIF", 2) || BindAll([.. syntax.Arguments]) is not [var value, var other]
            || Compare(syntax, ScalarFunction.Equal, (syntax.Arguments[0], value), (syntax.Arguments[1], other))
                is not { } equal)
        {
            return null;
        }

        SqlType type = value.Type.Nullable();
        return new CaseExpression([new CaseBranch(equal, Literal.NullOf(type))], value, type);
    }

    /// <summary>
    /// The type that all parts share (nullability is the caller's), or null when there is none: reported.
    /// </summary>
    private SqlType? Unify(
        ExpressionSyntax syntax, string construct, IReadOnlyList<Expression> parts,
        IReadOnlyList<ExpressionSyntax> places)
    {
        SqlType? type = null;
        for (int i = 0; i < parts.Count; i++)
        {
            SqlType next = parts[i].Type;
            SqlType? common = type is null ? next
                : construct != "CASE" ? CommonType.OfArguments(type, next)
                : CommonType.Of(type, next);
            if (common is null)
            {
                ReportNoCommonType(places[i], construct, type!, next);
                return null;
            }

            type = common;
        }

        if (type!.Kind == SqlTypeKind.Null)
        {
            context.Report(BindingDiagnostics.UntypedNull(context.At(syntax)));
            return null;
        }

        for (int i = 0; i < parts.Count; i++)
        {
            if (type.IsNumeric)
            {
                DemandOf(places[i], parts[i], TypeFamily.Numeric, $"in {construct} beside a number");
            }
        }

        return type;
    }

    private static bool IsTime(SqlType type) =>
        type.IsTimestamp || type.Kind is SqlTypeKind.Date or SqlTypeKind.Time;

    private static bool IsFlat(SqlType type) =>
        type.IsNumeric || type.IsCharacter || type.Kind == SqlTypeKind.Boolean || IsTime(type);

    private void ReportNoCommonType(ExpressionSyntax place, string construct, SqlType first, SqlType second)
    {
        // DATE, TIMESTAMP and TIMESTAMP_LTZ, and nested types, have rules of their own.
        bool isClear = IsFlat(first) && IsFlat(second) && !(IsTime(first) && IsTime(second));
        context.Report(isClear
            ? BindingDiagnostics.NoCommonType(context.At(place), construct, first, second)
            : SqlSupportDiagnostics.TypesNotSupported(context.At(place), construct, first, second));
    }
}
