namespace Millrace.Data;

/// <summary>The type roots of the dialect, as Flink's logical types name them.</summary>
public enum SqlTypeKind : byte
{
    /// <summary>The type of a bare NULL, before it has taken the type of its surroundings.</summary>
    Null,
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    Decimal,
    Char,

    /// <summary>VARCHAR(n); STRING is VARCHAR(2147483647).</summary>
    VarChar,
    Binary,

    /// <summary>VARBINARY(n); BYTES is VARBINARY(2147483647).</summary>
    VarBinary,
    Date,
    Time,
    Timestamp,

    /// <summary>TIMESTAMP WITH LOCAL TIME ZONE: an instant.</summary>
    TimestampLtz,
    IntervalYearMonth,
    IntervalDayTime,
    Array,
    Map,
    Multiset,
    Row,
}
