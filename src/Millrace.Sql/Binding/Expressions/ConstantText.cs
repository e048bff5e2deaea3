using System.Globalization;
using System.Text;
using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>Texts that are plainly a whole number, a day or a time, converted at compile time.</summary>
internal static class ConstantText
{
    /// <summary>The constant in the type, or null: then the engine has to look at the text.</summary>
    public static Literal? As(SqlType type, Literal text)
    {
        if (text.Value is not byte[] bytes)
        {
            return text.Value is null ? Literal.NullOf(type) : null;
        }

        string value = Encoding.UTF8.GetString(bytes);
        object? constant = type.Kind switch
        {
            SqlTypeKind.Date => TimeLiteralText.TryDate(value, out int days) ? days : null,
            SqlTypeKind.Timestamp =>
                TimeLiteralText.TryTimestamp(value, out long millis, out int digits) && digits <= type.Precision
                    ? millis : null,
            SqlTypeKind.Int =>
                IsDigits(value) && int.TryParse(value, CultureInfo.InvariantCulture, out int i) ? i : null,
            SqlTypeKind.BigInt =>
                IsDigits(value) && long.TryParse(value, CultureInfo.InvariantCulture, out long l) ? l : null,
            _ => null,
        };
        return constant is null ? null : new Literal(constant, type.NotNull());
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
