using Millrace.Diagnostics;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>A character of a scalar's value is found again in the file, whatever the scalar's style.</summary>
public sealed class ScalarOffsetsTests
{
    [Theory]
    [InlineData("sql: |\n  SELECT a\n    FROM t\n\n  WHERE x\n")]
    [InlineData("sql: |\r\n  SELECT a\r\n    FROM t\r\n\r\n  WHERE x\r\n")]
    [InlineData("sql: |-\n      SELECT a\n       FROM t\n")]
    [InlineData("sql: |2\n    SELECT a\n  FROM t\nname: x\n")]
    [InlineData("sql: >\n  SELECT a\n  FROM t\n\n  WHERE x\n")]
    [InlineData("sql: >-\n  SELECT a\n     , b\n  FROM t\n")]
    [InlineData("sql: SELECT a FROM t\n")]
    [InlineData("sql: SELECT a\n  FROM t\n  WHERE x\n")]
    [InlineData("sql: 'SELECT a FROM t'\n")]
    [InlineData("sql: \"SELECT a FROM t\"\n")]
    [InlineData("{sql: SELECT a FROM t}\n")]
    public void Every_letter_points_at_itself(string yaml)
    {
        YamlScalar sql = Read(yaml);
        for (int i = 0; i < sql.Value.Length; i++)
        {
            if (!char.IsWhiteSpace(sql.Value[i]))
            {
                Location at = sql.LocationOf(new TextSpan(i, 1));
                Assert.Equal(sql.Value[i], yaml[at.Span.Start]);
            }
        }

        int from = sql.Value.IndexOf("FROM", StringComparison.Ordinal);
        Assert.Equal(yaml.IndexOf("FROM", StringComparison.Ordinal), sql.LocationOf(new TextSpan(from, 4)).Span.Start);
    }

    [Fact]
    public void Escapes_and_doubled_quotes_stay_near()
    {
        string yaml = "sql: \"SELECT\\n\\\"a\\\" FROM t\"\n";
        YamlScalar sql = Read(yaml);
        int from = sql.Value.IndexOf("FROM", StringComparison.Ordinal);
        Assert.Equal(yaml.IndexOf("FROM", StringComparison.Ordinal), sql.LocationOf(new TextSpan(from, 4)).Span.Start);
    }

    [Fact]
    public void The_end_of_the_value_is_a_place_too()
    {
        YamlScalar sql = Read("sql: |\n  SELECT a\n");
        Assert.Equal("a.yml:2:11", sql.LocationOf(new TextSpan(8, 0)).ToString());
    }

    private static YamlScalar Read(string yaml)
    {
        DiagnosticBag bag = new();
        YamlMapping root = Assert.IsType<YamlMapping>(YamlReader.Read(new SourceText("a.yml", yaml), bag));
        Assert.Empty(bag.Items);
        return Assert.IsType<YamlScalar>(root.Entries[0].Value);
    }
}
