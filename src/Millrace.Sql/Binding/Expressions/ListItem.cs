using System.Globalization;
using System.Text;
using Millrace.Data;
using Millrace.Data.Numbers;
using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// A constant of an IN list in the type of the value that is looked for: 2.5 among integers is 2, '1' is 1.
/// </summary>
internal static class ListItem
{
    /// <summary>The constant in the type, or null when it is not sure what it becomes: what wraps, overflows or is a
    /// text that has to be read.</summary>
    public static Literal? As(SqlType type, Literal item)
    {
        if (item.Value is null)
        {
            return Literal.NullOf(type);
        }

        if (item.Type.IsCharacter && !type.IsCharacter)
        {
            return ConstantText.As(type, item);
        }

        object? value = item.Value switch
        {
            int v => OfInteger(type, v, item.Type),
            long v => OfInteger(type, v, item.Type),
            Int128 v => OfDecimal(type, v, item.Type.Scale),
            _ => IsAlike(type, item.Type) ? item.Value : null,
        };
        return value is null ? null : new Literal(value, type.NotNull());
    }

    private static bool IsAlike(SqlType type, SqlType item) =>
        (type.IsCharacter && item.IsCharacter)
        || (type.Kind == item.Kind && type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Double);

    /// <summary>Also days and times, which are held as integers.</summary>
    private static object? OfInteger(SqlType type, long value, SqlType item)
    {
        if (!item.IsInteger)
        {
            bool isSame = type.Kind == item.Kind && type.Precision >= item.Precision;
            return !isSame ? null : type.Kind is SqlTypeKind.Date or SqlTypeKind.Time ? (int)value
                : type.IsTimestamp ? value : null;
        }

        return type.Kind switch
        {
            SqlTypeKind.TinyInt => value is >= sbyte.MinValue and <= sbyte.MaxValue ? (int)value : null,
            SqlTypeKind.SmallInt => value is >= short.MinValue and <= short.MaxValue ? (int)value : null,
            SqlTypeKind.Int => value is >= int.MinValue and <= int.MaxValue ? (int)value : null,
            SqlTypeKind.BigInt => value,
            SqlTypeKind.Double => (double)value,
            SqlTypeKind.Decimal => Scaled(type, value, 0),
            SqlTypeKind.VarChar => Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private static object? OfDecimal(SqlType type, Int128 unscaled, int scale)
    {
        if (type.IsInteger)
        {
            Int128 whole = unscaled / DecimalPowers.Of(scale);
            bool fits = whole >= long.MinValue && whole <= long.MaxValue;
            return fits ? OfInteger(type, (long)whole, SqlType.BigInt) : null;
        }

        return type.Kind switch
        {
            SqlTypeKind.Decimal => Scaled(type, unscaled, scale),
            SqlTypeKind.Double => double.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{unscaled}e-{scale}"), CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static object? Scaled(SqlType type, Int128 unscaled, int scale)
    {
        int digits = type.Precision - type.Scale + scale;
        bool fits = type.Scale >= scale && digits <= SqlType.MaxDecimalPrecision
            && Int128.Abs(unscaled) < DecimalPowers.Of(digits);
        return fits ? unscaled * DecimalPowers.Of(type.Scale - scale) : null;
    }
}
