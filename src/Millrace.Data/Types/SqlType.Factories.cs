using System.Collections.Immutable;

namespace Millrace.Data;

public sealed partial record SqlType
{
    public static readonly SqlType Null = new(SqlTypeKind.Null);
    public static readonly SqlType Boolean = new(SqlTypeKind.Boolean);
    public static readonly SqlType TinyInt = new(SqlTypeKind.TinyInt);
    public static readonly SqlType SmallInt = new(SqlTypeKind.SmallInt);
    public static readonly SqlType Int = new(SqlTypeKind.Int);
    public static readonly SqlType BigInt = new(SqlTypeKind.BigInt);
    public static readonly SqlType Float = new(SqlTypeKind.Float);
    public static readonly SqlType Double = new(SqlTypeKind.Double);
    public static readonly SqlType String = new(SqlTypeKind.VarChar) { Length = MaxLength };
    public static readonly SqlType Bytes = new(SqlTypeKind.VarBinary) { Length = MaxLength };
    public static readonly SqlType Date = new(SqlTypeKind.Date);
    public static readonly SqlType IntervalDayTime = new(SqlTypeKind.IntervalDayTime);
    public static readonly SqlType IntervalYearMonth = new(SqlTypeKind.IntervalYearMonth);

    public static SqlType Char(int length) => new(SqlTypeKind.Char) { Length = length };

    public static SqlType VarChar(int length) => new(SqlTypeKind.VarChar) { Length = length };

    public static SqlType Binary(int length) => new(SqlTypeKind.Binary) { Length = length };

    public static SqlType VarBinary(int length) => new(SqlTypeKind.VarBinary) { Length = length };

    /// <summary>DECIMAL(p,s), 1 ≤ p ≤ 38, 0 ≤ s ≤ p.</summary>
    public static SqlType Decimal(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MaxDecimalPrecision);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        return new(SqlTypeKind.Decimal) { Precision = precision, Scale = scale };
    }

    public static SqlType Time(int precision) => new(SqlTypeKind.Time) { Precision = precision };

    /// <summary>TIMESTAMP(p), 0 ≤ p ≤ 9: a wall time without a zone.</summary>
    public static SqlType Timestamp(int precision) => new(SqlTypeKind.Timestamp) { Precision = precision };

    /// <summary>TIMESTAMP_LTZ(p), 0 ≤ p ≤ 9: an instant.</summary>
    public static SqlType TimestampLtz(int precision) => new(SqlTypeKind.TimestampLtz) { Precision = precision };

    public static SqlType Array(SqlType element) => new(SqlTypeKind.Array) { Element = element };

    public static SqlType Multiset(SqlType element) => new(SqlTypeKind.Multiset) { Element = element };

    public static SqlType Map(SqlType key, SqlType value) => new(SqlTypeKind.Map) { Key = key, Element = value };

    public static SqlType Row(ImmutableArray<SqlTypeField> fields) => new(SqlTypeKind.Row) { Fields = new(fields) };
}
