using System.Numerics;
using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Chooses the kernel for a cast; <see cref="CastRules"/> says which there are.</summary>
internal static class CastFactory
{
    public static Kernel Create(Kernel operand, SqlType type, bool isTry, SessionZone zone)
    {
        SqlType from = operand.Type;
        if (from.Kind == SqlTypeKind.Null)
        {
            return new LiteralKernel(Literal.NullOf(type));
        }

        if (KeepsValues(from, type, zone))
        {
            return new AliasKernel(operand, type);
        }

        if (type.IsCharacter)
        {
            return new ToTextKernel(operand, type, zone);
        }

        if (type.IsBinary)
        {
            return new ToBytesKernel(operand, type);
        }

        if (from.IsCharacter)
        {
            return Parse(operand, type, isTry, zone);
        }

        return type.IsNumeric || type.Kind == SqlTypeKind.Boolean
            ? Number(operand, type, isTry)
            : new TimeCastKernel(operand, type, zone);
    }

    private static bool KeepsValues(SqlType from, SqlType to, SessionZone zone)
    {
        if (from.IsCharacter && to.IsCharacter)
        {
            return to.Kind == SqlTypeKind.VarChar && to.Length >= from.Length;
        }

        if (from.IsBinary && to.IsBinary)
        {
            return to.Kind == SqlTypeKind.VarBinary && to.Length >= from.Length;
        }

        if (from.IsTimestamp && to.IsTimestamp)
        {
            return to.Precision >= from.Precision && (from.Kind == to.Kind || zone.IsUtc);
        }

        if (from.Kind == SqlTypeKind.Decimal && to.Kind == SqlTypeKind.Decimal)
        {
            return from.Scale == to.Scale && from.Precision <= to.Precision;
        }

        return from.Kind == to.Kind || (IsInt(from) && IsInt(to) && from.Kind < to.Kind);
    }

    private static bool IsInt(SqlType type) =>
        type.Kind is SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int;

    private static Kernel Parse(Kernel operand, SqlType type, bool isTry, SessionZone zone) => type.Kind switch
    {
        SqlTypeKind.Boolean => new ParseKernel<byte>(operand, new BooleanParser(), type, isTry),
        SqlTypeKind.BigInt => new ParseKernel<long>(operand, new BigIntParser(), type, isTry),
        SqlTypeKind.Float => new ParseKernel<float>(operand, new FloatParser(), type, isTry),
        SqlTypeKind.Double => new ParseKernel<double>(operand, new DoubleCastParser(), type, isTry),
        SqlTypeKind.Decimal =>
            new ParseKernel<Int128>(operand, new DecimalCastParser(type.Precision, type.Scale), type, isTry),
        SqlTypeKind.Date => new ParseKernel<int>(operand, new DateParser(), type, isTry),
        SqlTypeKind.Time => new ParseKernel<int>(operand, new TimeParser(), type, isTry),
        SqlTypeKind.Timestamp => new ParseKernel<long>(operand, new TimestampParser(type.Precision, null), type, isTry),
        SqlTypeKind.TimestampLtz =>
            new ParseKernel<long>(operand, new TimestampParser(type.Precision, zone), type, isTry),
        _ when IsInt(type) => new ParseKernel<int>(operand, new IntParser(type.Kind), type, isTry),
        _ => throw new NotSupportedException($"no cast of {operand.Type} to {type}"),
    };

    private static Kernel Number(Kernel operand, SqlType type, bool isTry) => operand.Type.Kind switch
    {
        SqlTypeKind.Boolean => FromInteger<byte>(operand, type, isTry),
        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int => FromInteger<int>(operand, type, isTry),
        SqlTypeKind.BigInt => FromInteger<long>(operand, type, isTry),
        SqlTypeKind.Float => FromApproximate<float>(operand, type, isTry),
        SqlTypeKind.Double => FromApproximate<double>(operand, type, isTry),
        SqlTypeKind.Decimal => FromDecimal(operand, type, isTry),
        _ => throw new NotSupportedException($"no cast of {operand.Type} to {type}"),
    };

    private static Kernel FromInteger<T>(Kernel operand, SqlType type, bool isTry)
        where T : unmanaged, IBinaryInteger<T> => type.Kind switch
    {
        SqlTypeKind.Boolean => new ConversionKernel<T, byte, NotZero<T>>(operand, type),
        SqlTypeKind.BigInt => new ConversionKernel<T, long, Truncating<T, long>>(operand, type),
        SqlTypeKind.Float => new ConversionKernel<T, float, Truncating<T, float>>(operand, type),
        SqlTypeKind.Double => new ConversionKernel<T, double, Truncating<T, double>>(operand, type),
        SqlTypeKind.Decimal => new ToDecimalKernel<T>(operand, type, isTry),
        _ => new ConversionKernel<T, int, Truncating<T, int>>(operand, type),
    };

    private static Kernel FromApproximate<T>(Kernel operand, SqlType type, bool isTry)
        where T : unmanaged, IFloatingPointIeee754<T> => type.Kind switch
    {
        SqlTypeKind.Boolean => new ConversionKernel<T, byte, NotZero<T>>(operand, type),
        SqlTypeKind.BigInt => new ConversionKernel<T, long, Saturating<T, long>>(operand, type),
        SqlTypeKind.Float => new ConversionKernel<T, float, Truncating<T, float>>(operand, type),
        SqlTypeKind.Double => new ConversionKernel<T, double, Truncating<T, double>>(operand, type),
        SqlTypeKind.Decimal => new DoubleToDecimalKernel(operand, type, isTry),
        _ => new ConversionKernel<T, int, Saturating<T, int>>(operand, type),
    };

    private static Kernel FromDecimal(Kernel operand, SqlType type, bool isTry) => type.Kind switch
    {
        SqlTypeKind.Boolean => new FromDecimalKernel<byte>(operand, type),
        SqlTypeKind.BigInt => new FromDecimalKernel<long>(operand, type),
        SqlTypeKind.Float => new FromDecimalKernel<float>(operand, type),
        SqlTypeKind.Double => new FromDecimalKernel<double>(operand, type),
        SqlTypeKind.Decimal => new ToDecimalKernel<Int128>(operand, type, isTry),
        _ => new FromDecimalKernel<int>(operand, type),
    };
}
