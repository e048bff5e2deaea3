using System.Text.Json;
using Millrace.Conformance.Judging;
using Millrace.Data;
using Xunit;

namespace Millrace.Conformance.RunnerTests;

/// <summary>Equal values of a type have one canonical text, different ones have two.</summary>
public class CanonicalValueTests
{
    public static TheoryData<SqlType, string, string> Same => new()
    {
        { SqlType.Decimal(38, 6), "1E+2", "100.000000" },
        { SqlType.Decimal(38, 18), "\"12345678901234567890.5\"", "12345678901234567890.50" },
        { SqlType.Decimal(10, 2), "0", "-0.00" },
        { SqlType.Double, "1.0E7", "10000000.0" },
        { SqlType.Double, "1.9999999999999998E23", "2e23" },
        { SqlType.Double, "\"NaN\"", "\"NaN\"" },
        { SqlType.Double, "\"Infinity\"", "\"Infinity\"" },
        { SqlType.Float, "0.1", "0.10000000149011612" },
        { SqlType.String, "\"1.9999999999999998E23\"", "\"2.0E23\"" },
        { SqlType.String, "\"\\u00e9\"", "\"é\"" },
        { SqlType.Timestamp(3), "\"2024-01-02T10:00:00.120\"", "\"2024-01-02 10:00:00.12\"" },
        { SqlType.TimestampLtz(3), "\"2024-01-02T10:00:00Z\"", "\"2024-01-02T10:00:00.000Z\"" },
        { SqlType.Multiset(SqlType.String), """{"a":1,"b":2}""", """{"b":2,"a":1}""" },
        { SqlType.Array(SqlType.Decimal(5, 2)), "[1,null]", "[1.00,null]" },
        { SqlType.Row([new("a", SqlType.Int), new("b", SqlType.Double)]), """{"a":1,"b":1}""", """{"a":1,"b":1.0}""" },
    };

    public static TheoryData<SqlType, string, string> Other => new()
    {
        { SqlType.Decimal(10, 2), "1.05", "1.5" },
        { SqlType.Decimal(38, 18), "\"12345678901234567890.5\"", "12345678901234567890.6" },
        { SqlType.Double, "0.0", "-0.0" },
        { SqlType.Double, "0.1", "0.10000000000000002" },
        { SqlType.Float, "0.1", "0.2" },
        { SqlType.String, "\"1.0\"", "\"1.00\"" },
        { SqlType.String, "\"NULL\"", "null" },
        { SqlType.Timestamp(3), "\"2024-01-02T10:00:00.12\"", "\"2024-01-02T10:00:00.012\"" },
        { SqlType.Multiset(SqlType.String), """{"a":1}""", """{"a":2}""" },
        { SqlType.Array(SqlType.Int), "[1,2]", "[2,1]" },
        { SqlType.Array(SqlType.Int), "[]", "null" },
        { SqlType.Boolean, "true", "false" },
        { SqlType.BigInt, "9007199254740993", "9007199254740992" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void Equal_values_have_one_text(SqlType type, string a, string b)
    {
        Assert.Equal(Of(type, a), Of(type, b));
    }

    [Theory]
    [MemberData(nameof(Other))]
    public void Different_values_have_two(SqlType type, string a, string b)
    {
        Assert.NotEqual(Of(type, a), Of(type, b));
    }

    private static string Of(SqlType type, string json) =>
        CanonicalValue.Of(JsonDocument.Parse(json).RootElement, type);
}
