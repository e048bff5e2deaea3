using System.Text;
using Millrace.Testing.Specs;
using Xunit;

namespace Millrace.Specs;

/// <summary>The format of specs.</summary>
public class SpecReaderTests
{
    private const string Text = """
        Prose.

        # first
        More prose.
        --- table t
        name STRING
        `ts` TIMESTAMP(3)
        watermark ts - INTERVAL '1' SECOND
        version name by ts
        partitions 2
        --- input t partition=1 timestamp=1970-01-01T00:00:01Z key=k
        {"name":"a"}
        null
        --- clock 1970-01-01T00:00:02Z
        --- sql
        SELECT 1
        FROM t

        --- rows in order
        {"a":1}
        --- late
        --- bad
        CAST {"a":1}
        --- error
        x
        # second
        --- values
        a || ' => ' => STRING: "x" | null
        1 + => MR0101
        """;

    [Fact]
    public void A_file_is_read_with_all_its_parts()
    {
        IReadOnlyList<Spec> specs = SpecReader.Read("a.spec", Text);
        Spec spec = specs[0];
        Assert.Equal(("first", 3, "SELECT 1\nFROM t", true), (spec.Name, spec.Line, spec.Sql, spec.IsOrdered));
        Assert.Equal(["name STRING", "ts TIMESTAMP(3)"], spec.Tables[0].Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal(("ts - INTERVAL '1' SECOND", "ts", 2),
            (spec.Tables[0].Watermark, spec.Tables[0].VersionTime, spec.Tables[0].Partitions));
        Assert.Equal(["name"], spec.Tables[0].VersionKey);
        Assert.Equal(3, spec.Records.Count);
        Assert.Equal(("{\"name\":\"a\"}", 1, 1000),
            (Encoding.UTF8.GetString(spec.Records[0].Value!), spec.Records[0].Partition, spec.Records[0].Timestamp));
        Assert.Null(spec.Records[1].Value);
        Assert.Equal(2000, spec.Records[2].ClockMs);
        Assert.Equal(["{\"a\":1}"], spec.Rows);
        Assert.Empty(spec.Late!);
        Assert.Equal(["CAST {\"a\":1}"], spec.Bad);
        Assert.Equal("x", spec.Error);
        Assert.Equal(["\"x\"", "null"], specs[1].Values[0].Values);
        Assert.Equal(("a || ' => '", "STRING"), (specs[1].Values[0].Expression, specs[1].Values[0].Type));
        Assert.Equal("MR0101", specs[1].Values[1].Refusal);
    }

    [Fact]
    public void A_section_that_is_none_is_told_with_its_line()
    {
        FormatException error = Assert.Throws<FormatException>(() => SpecReader.Read("a.spec", "# x\n--- tabel t\n"));
        Assert.StartsWith("a.spec:2:", error.Message, StringComparison.Ordinal);
    }
}
