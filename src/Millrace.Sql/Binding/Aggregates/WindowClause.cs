using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>
/// The window of a GROUP BY: its kind, its time and its size, and which functions ask about it.
/// </summary>
internal sealed record WindowClause(TumbleWindow Window, Expression Time)
{
    /// <summary>Whether a grouping element is a window function.</summary>
    public static bool IsWindow(ExpressionSyntax syntax) =>
        syntax is FunctionCallSyntax { Over: null } call
        && NameOf(call) is "TUMBLE" or "HOP" or "SESSION" or "CUMULATE";

    /// <summary>TUMBLE(time, size) over a scope; null when it is wrong or not there yet: reported.</summary>
    public static WindowClause? Bind(
        FunctionCallSyntax call, ExpressionBinder binder, Scope scope, PlanNode input, BindingContext context)
    {
        if (NameOf(call) != "TUMBLE")
        {
            context.Report(SqlSupportDiagnostics.FunctionNotSupported(context.At(call), NameOf(call)));
            return null;
        }

        if (call.Arguments.Count != 2)
        {
            context.Report(BindingDiagnostics.ArgumentCount(
                context.At(call), "TUMBLE", "two arguments, a time column and a size", call.Arguments.Count));
            return null;
        }

        Expression? time = binder.Bind(call.Arguments[0]);
        Expression? size = binder.Bind(call.Arguments[1]);
        if (time is null || size is null)
        {
            return null;
        }

        binder.DemandOf(call.Arguments[0], time, TypeFamily.TimeAttribute, "as the time of TUMBLE");
        if (!RowTimes.IsKept(time, input.Fields))
        {
            context.Report(time.Type.IsTimestamp && RowTimes.IsComputed(input, time)
                ? SqlSupportDiagnostics.ClauseNotSupported(context.At(call.Arguments[0]), "TUMBLE over a computed time")
                : StreamDiagnostics.NotATimeAttribute(
                    context.At(call.Arguments[0]), "TUMBLE", call.Arguments[0].ToString()));
            return null;
        }

        if (size is not Literal { Value: long and > 0L } literal)
        {
            context.Report(StreamDiagnostics.WindowSize(context.At(call.Arguments[1]), "TUMBLE"));
            return null;
        }

        return new WindowClause(new TumbleWindow((long)literal.Value), time);
    }

    /// <summary>The property that a function asks for, or null when it is no window function's companion.</summary>
    public static WindowProperty? PropertyOf(FunctionCallSyntax call) => NameOf(call) switch
    {
        "TUMBLE_START" => WindowProperty.Start,
        "TUMBLE_END" => WindowProperty.End,
        "TUMBLE_ROWTIME" => WindowProperty.RowTime,
        _ => null,
    };

    private static string NameOf(FunctionCallSyntax call) => call.Name.Last.ToUpperInvariant();
}
