using System.Globalization;
using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Binding;

/// <summary>Literals: the types that Flink gives them, and their values in storage form. All are NOT NULL.</summary>
internal static class LiteralBinder
{
    /// <summary>A number with the sign before it, if that is a minus: -2147483648 is an INT.</summary>
    public static Expression? Number(NumberLiteralSyntax syntax, BindingContext context, bool isNegative = false)
    {
        string text = (isNegative ? "-" : "") + syntax.Token.Text;
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(value) ? new Literal(value, SqlType.Double.NotNull()) : OutOfRange(syntax, context);
        }

        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && point < text.Length - 1)
        {
            return Decimal(syntax, text, text.Length - point - 1, context);
        }

        string digits = text.TrimEnd('.');
        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small))
        {
            return new Literal(small, SqlType.Int.NotNull());
        }

        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large)
            ? new Literal(large, SqlType.BigInt.NotNull())
            : OutOfRange(syntax, context);
    }

    public static Expression Text(StringLiteralSyntax syntax) => Literal.OfString(syntax.Value);

    public static Expression? Binary(BinaryStringLiteralSyntax syntax, BindingContext context)
    {
        if (syntax.Digits.Length % 2 != 0 || !syntax.Digits.All(char.IsAsciiHexDigit))
        {
            context.Report(BindingDiagnostics.BadLiteral(context.At(syntax), "binary string", syntax.Digits));
            return null;
        }

        byte[] bytes = Convert.FromHexString(syntax.Digits);
        return new Literal(bytes, SqlType.Binary(bytes.Length).NotNull());
    }

    public static Expression? Keyword(KeywordLiteralSyntax syntax) =>
        syntax.Keyword.IsWord("TRUE") ? Literal.OfBoolean(true)
        : syntax.Keyword.IsWord("FALSE") ? Literal.OfBoolean(false)
        : syntax.Keyword.IsWord("UNKNOWN") ? Literal.NullOf(SqlType.Boolean)
        : new Literal(null, SqlType.Null);

    /// <summary>
    /// DATE, TIME and TIMESTAMP; a TIME has no fraction, a TIMESTAMP's precision is the number of its fraction
    /// digits.
    /// </summary>
    public static Expression? Time(TimeLiteralSyntax syntax, BindingContext context)
    {
        string text = syntax.Text.Value;
        if (syntax.Keyword.IsWord("DATE"))
        {
            return TimeLiteralText.TryDate(text, out int days) ? new Literal(days, SqlType.Date.NotNull())
                : Bad("DATE");
        }

        if (syntax.Keyword.IsWord("TIME"))
        {
            return TimeLiteralText.TryTime(text, out int time) ? new Literal(time, SqlType.Time(0).NotNull())
                : Bad("TIME");
        }

        if (!TimeLiteralText.TryTimestamp(text, out long millis, out int precision))
        {
            return Bad("TIMESTAMP");
        }

        if (precision > 3)
        {
            context.Report(SqlSupportDiagnostics.TypeNotSupported(context.At(syntax), $"TIMESTAMP({precision})"));
            return null;
        }

        return new Literal(millis, SqlType.Timestamp(precision).NotNull());

        Expression? Bad(string type)
        {
            context.Report(BindingDiagnostics.BadLiteral(context.At(syntax), type, text));
            return null;
        }
    }

    /// <summary>
    /// Precision counts every digit that is written: 0.5 is DECIMAL(2,1), 00.50 is DECIMAL(4,2), .5 is DECIMAL(1,1).
    /// </summary>
    private static Expression? Decimal(NumberLiteralSyntax syntax, string text, int scale, BindingContext context)
    {
        int precision = text.TrimStart('-').Length - 1;
        return precision > SqlType.MaxDecimalPrecision
            || !Int128.TryParse(
                text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out Int128 unscaled)
            ? OutOfRange(syntax, context)
            : new Literal(unscaled, SqlType.Decimal(precision, scale).NotNull());
    }

    private static Expression? OutOfRange(NumberLiteralSyntax syntax, BindingContext context)
    {
        context.Report(BindingDiagnostics.NumberOutOfRange(context.At(syntax), syntax.Token.Text));
        return null;
    }
}
