using System.Globalization;
using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>
/// INTERVAL literals: days to seconds as milliseconds, years and months as months. The leading number has two digits
/// unless the unit says more. Weeks, quarters and intervals of columns are not supported yet.
/// </summary>
internal static class IntervalBinder
{
    private const int MaxDigits = 3;

    private static readonly string[] Units = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];

    public static Expression? Bind(IntervalExpressionSyntax syntax, BindingContext context)
    {
        string start = UnitOf(syntax.Qualifier.Start);
        string end = syntax.Qualifier.End is { } last ? UnitOf(last) : start;
        bool isKnown = syntax.Value is StringLiteralSyntax && Units.Contains(start, StringComparer.Ordinal)
            && Units.Contains(end, StringComparer.Ordinal) && IsMonths(start) == IsMonths(end);
        if (!isKnown)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax), syntax.ToString()));
            return null;
        }

        string text = ((StringLiteralSyntax)syntax.Value).Value;
        IntervalParse parsed = IsMonths(start)
            ? IntervalLiterals.Months(text, start, end)
            : IntervalLiterals.Millis(text, start, end);
        if (Problem(syntax, text, start, end, parsed, context.At(syntax)) is { } problem)
        {
            context.Report(problem);
            return null;
        }

        long value = syntax.IsNegative ? -parsed.Value!.Value : parsed.Value!.Value;
        return IsMonths(start)
            ? new Literal((int)value, SqlType.IntervalYearMonth.NotNull())
            : new Literal(value, SqlType.IntervalDayTime.NotNull());
    }

    private static Diagnostic? Problem(
        IntervalExpressionSyntax syntax, string text, string start, string end, IntervalParse parsed, Location at)
    {
        int digits = syntax.Qualifier.Start.Precisions is [{ Text: var p }, ..]
            && int.TryParse(p, CultureInfo.InvariantCulture, out int said) ? said : 2;
        string lead = parsed.Lead.ToString(CultureInfo.InvariantCulture);
        return digits > MaxDigits && !IsMonths(start) ? BindingDiagnostics.IntervalPrecision(at, MaxDigits)
            : parsed.Value is null || lead.Length > digits
                ? BindingDiagnostics.BadInterval(at, text, IntervalLiterals.Form(start, end))
            : parsed.IsTooFine ? SqlSupportDiagnostics.ClauseNotSupported(at, "an interval finer than milliseconds")
            : null;
    }

    private static bool IsMonths(string unit) => unit is "YEAR" or "MONTH";

    private static string UnitOf(IntervalFieldSyntax field)
    {
        string unit = field.Unit.Text.ToUpperInvariant();
        return unit.EndsWith('S') ? unit[..^1] : unit;
    }
}
