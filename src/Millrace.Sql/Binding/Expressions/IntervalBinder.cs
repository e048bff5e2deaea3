using System.Globalization;
using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>
/// INTERVAL literals of one unit: days, hours, minutes and seconds as milliseconds, years and months as months. The
/// leading number has two digits unless the unit says more. Compound units (<c>DAY TO MINUTE</c>) and intervals of
/// columns are not supported yet.
/// </summary>
internal static class IntervalBinder
{
    private const int MaxDigits = 3;

    public static Expression? Bind(IntervalExpressionSyntax syntax, BindingContext context)
    {
        IntervalFieldSyntax unit = syntax.Qualifier.Start;
        string name = unit.Unit.Text.ToUpperInvariant().TrimEnd('S');
        if (syntax.Value is not StringLiteralSyntax text || syntax.Qualifier.End is not null
            || ScaleOf(name) is not { } scale)
        {
            context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(syntax), syntax.ToString()));
            return null;
        }

        int digits = unit.Precisions.Count > 0
            && int.TryParse(unit.Precisions[0].Text, CultureInfo.InvariantCulture, out int p) ? p : 2;
        if (digits > MaxDigits && !IsMonths(name))
        {
            context.Report(BindingDiagnostics.IntervalPrecision(context.At(syntax), MaxDigits));
            return null;
        }

        if (!TryValue(text.Value.Trim(), digits, name == "SECOND", out decimal value))
        {
            context.Report(BindingDiagnostics.BadInterval(context.At(syntax), text.Value));
            return null;
        }

        value = syntax.IsNegative ? -value : value;
        return IsMonths(name)
            ? new Literal((int)(value * scale), SqlType.IntervalYearMonth.NotNull())
            : new Literal((long)(value * scale), SqlType.IntervalDayTime.NotNull());
    }

    private static bool IsMonths(string unit) => unit is "YEAR" or "MONTH";

    private static long? ScaleOf(string unit) => unit switch
    {
        "SECOND" => 1000,
        "MINUTE" => 60_000,
        "HOUR" => 3_600_000,
        "DAY" => 86_400_000,
        "MONTH" => 1,
        "YEAR" => 12,
        _ => null,
    };

    private static bool TryValue(string text, int digits, bool isFractional, out decimal value)
    {
        NumberStyles style =
            NumberStyles.AllowLeadingSign | (isFractional ? NumberStyles.AllowDecimalPoint : NumberStyles.None);
        string whole = text.TrimStart('+', '-').Split('.')[0];
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out value)
            && whole.Length > 0
            && whole.TrimStart('0').Length <= digits;
    }
}
