using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <content>Function calls and CAST.</content>
internal sealed partial class ExpressionBinder
{
    private Expression? BindCall(FunctionCallSyntax syntax)
    {
        string name = syntax.Name.Last.ToUpperInvariant();
        if (FunctionNames.IsAggregate(name) && syntax.Over is null)
        {
            context.Report(BindingDiagnostics.AggregateNotHere(context.At(syntax), name, Place));
            return null;
        }

        if (FunctionNames.IsGroupWindow(name) && syntax.Over is null)
        {
            context.Report(StreamDiagnostics.WindowNotHere(context.At(syntax), name, Place));
            return null;
        }

        bool isPlain = syntax.Quantifier is null && syntax.OrderBy is null && syntax.NullTreatment is null
            && syntax.WithinGroup is null && syntax.Filter is null && syntax.Over is null;
        return (name, isPlain) switch
        {
            ("COALESCE", true) => BindCoalesce(syntax),
            ("IFNULL", true) => HasArguments(syntax, "IFNULL", 2) ? BindCoalesce(syntax) : null,
            ("IF", true) => BindIf(syntax),
            ("NULLIF", true) => BindNullIf(syntax),
            ("ABS", true) => BindAbs(syntax),
            ("MOD", true) => BindMod(syntax),
            ("CONCAT", true) => BindConcat(syntax),
            ("SUBSTRING" or "SUBSTR", true) => BindSubstring(syntax, [.. syntax.Arguments]),
            ("SPLIT_INDEX", true) => BindSplitIndex(syntax),
            _ => ReportFunction(syntax, name),
        };
    }

    private Expression? ReportFunction(FunctionCallSyntax syntax, string name)
    {
        bool isKnown = syntax.Name.Parts.Count > 1 || FunctionNames.IsKnown(name);
        string? help = FunctionNames.Foreign(name)
            ?? (Suggestion.Nearest(name, FunctionNames.Known) is { } near ? $"did you mean {near}?"
                : Suggestion.Nearest(name, FunctionNames.OfOthers) is { } other ? FunctionNames.Foreign(other)
                : null);
        context.Report(!isKnown ? BindingDiagnostics.UnknownFunction(context.At(syntax.Name), name, help)
            : ModifierOf(syntax) is { } modifier
                ? BindingDiagnostics.ModifierOnScalar(context.At(syntax), name, modifier)
            : SqlSupportDiagnostics.FunctionNotSupported(context.At(syntax), name));
        return null;
    }

    /// <summary>What only an aggregate takes; of a call with OVER anything may be one.</summary>
    private static string? ModifierOf(FunctionCallSyntax syntax) =>
        syntax.Over is not null ? null
        : syntax.Filter is not null ? "FILTER"
        : syntax.Quantifier is { } quantifier ? quantifier.Text.ToUpperInvariant()
        : null;

    private Expression? BindAbs(FunctionCallSyntax syntax)
    {
        if (!HasArguments(syntax, "ABS", 1) || Bind(syntax.Arguments[0]) is not { } operand)
        {
            return null;
        }

        DemandOf(syntax.Arguments[0], operand, TypeFamily.Numeric, "in ABS");
        if (operand.Type.IsNumeric)
        {
            return new CallExpression(ScalarFunction.Abs, [operand], operand.Type);
        }

        context.Report(
            BindingDiagnostics.ArgumentType(context.At(syntax.Arguments[0]), "ABS", "a number", operand.Type));
        return null;
    }

    private Expression? BindMod(FunctionCallSyntax syntax) =>
        HasArguments(syntax, "MOD", 2) && BindAll([.. syntax.Arguments]) is [var left, var right]
            ? Arithmetic(syntax, ScalarFunction.Modulo, (syntax.Arguments[0], left), (syntax.Arguments[1], right))
            : null;

    private bool HasArguments(FunctionCallSyntax syntax, string name, int count)
    {
        if (syntax.Arguments.Count == count)
        {
            return true;
        }

        string wanted = count == 1 ? "one argument" : $"{count} arguments";
        context.Report(BindingDiagnostics.ArgumentCount(context.At(syntax), name, wanted, syntax.Arguments.Count));
        return false;
    }

    private Expression? BindCast(CastExpressionSyntax syntax)
    {
        Expression? operand = Bind(syntax.Operand);
        if (TypeBinder.Bind(syntax.Type, context) is not { } type || operand is null)
        {
            return null;
        }

        if (operand.Type.Kind == SqlTypeKind.Null)
        {
            return Literal.NullOf(type);
        }

        type = type.WithNullability(operand.Type.IsNullable || syntax.IsTry);
        switch (CastRules.Check(operand.Type, type))
        {
            case CastSupport.Supported:
                // A CAST of a row time to its own type stays one: what it gives is no row time.
                return operand.Type == type
                    && !type.IsTimestamp ? operand : new CastExpression(operand, type, syntax.IsTry);
            case CastSupport.Refused:
                context.Report(BindingDiagnostics.CastRefused(context.At(syntax), operand.Type, type));
                return null;
            default:
                context.Report(SqlSupportDiagnostics.TypesNotSupported(
                    context.At(syntax), $"CAST to {type.Nullable()}", operand.Type));
                return null;
        }
    }
}
