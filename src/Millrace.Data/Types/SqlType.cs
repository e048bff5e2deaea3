using System.Collections.Immutable;

namespace Millrace.Data;

/// <summary>
/// A SQL type with its nullability. Immutable, compared by value, safe to share. Made by the static members; printed as
/// Flink prints it (<c>DECIMAL(10, 2)</c> is written <c>DECIMAL(10,2)</c>, VARCHAR(2147483647) is STRING).
/// </summary>
public sealed partial record SqlType
{
    public const int MaxLength = int.MaxValue;
    public const int MaxDecimalPrecision = 38;

    private SqlType(SqlTypeKind kind)
    {
        Kind = kind;
    }

    public SqlTypeKind Kind { get; }

    /// <summary>Whether NULL is a value of the type. Types are nullable unless NOT NULL is said.</summary>
    public bool IsNullable { get; private init; } = true;

    /// <summary>Digits of a DECIMAL, fraction digits of a TIME or TIMESTAMP; 0 elsewhere.</summary>
    public int Precision { get; private init; }

    /// <summary>Fraction digits of a DECIMAL; 0 elsewhere.</summary>
    public int Scale { get; private init; }

    /// <summary>Characters or bytes at most, of CHAR, VARCHAR, BINARY and VARBINARY; 0 elsewhere.</summary>
    public int Length { get; private init; }

    /// <summary>Element of an ARRAY or MULTISET, value of a MAP.</summary>
    public SqlType? Element { get; private init; }

    /// <summary>Key of a MAP.</summary>
    public SqlType? Key { get; private init; }

    /// <summary>Fields of a ROW, in order.</summary>
    public SqlTypeFields Fields { get; private init; } = SqlTypeFields.None;

    public bool IsCharacter => Kind is SqlTypeKind.Char or SqlTypeKind.VarChar;

    public bool IsBinary => Kind is SqlTypeKind.Binary or SqlTypeKind.VarBinary;

    public bool IsInteger => Kind is >= SqlTypeKind.TinyInt and <= SqlTypeKind.BigInt;

    public bool IsApproximate => Kind is SqlTypeKind.Float or SqlTypeKind.Double;

    public bool IsNumeric => Kind is >= SqlTypeKind.TinyInt and <= SqlTypeKind.Decimal;

    public bool IsTimestamp => Kind is SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz;

    public bool IsInterval => Kind is SqlTypeKind.IntervalYearMonth or SqlTypeKind.IntervalDayTime;

    /// <summary>The same type with the given nullability.</summary>
    public SqlType WithNullability(bool nullable) =>
        nullable == IsNullable ? this : this with { IsNullable = nullable };

    public SqlType NotNull() => WithNullability(false);

    public SqlType Nullable() => WithNullability(true);

    /// <summary>Whether both are the same type when nullability is left out of account at the top.</summary>
    public bool IsSameTypeAs(SqlType other) => Nullable() == other.Nullable();

    public override string ToString() => SqlTypePrinter.Print(this);
}

/// <summary>A field of a ROW type.</summary>
public sealed record SqlTypeField(string Name, SqlType Type);

/// <summary>The fields of a ROW type; a list that is compared by value.</summary>
public sealed record SqlTypeFields(ImmutableArray<SqlTypeField> Items)
{
    public static readonly SqlTypeFields None = new([]);

    public bool Equals(SqlTypeFields? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode() => Items.Length == 0 ? 0 : HashCode.Combine(Items.Length, Items[0]);
}
