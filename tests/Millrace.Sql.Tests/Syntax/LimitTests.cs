using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Xunit;

namespace Millrace.Sql.Tests.Syntax;

/// <summary>Texts too long or too deep are told, not suffered.</summary>
public class LimitTests
{
    public static TheoryData<string> DeepTexts => new(
        "SELECT " + new string('(', 20_000) + "1",
        "SELECT " + Repeat("-", 20_000, " ") + "1",
        "SELECT " + Repeat("NOT ", 20_000) + "a FROM t",
        "SELECT 1" + Repeat(" + 1", 20_000),
        "SELECT a" + Repeat("[1]", 20_000) + " FROM t",
        Repeat("SELECT * FROM (", 10_000) + "t",
        "SELECT 1" + Repeat(" UNION ALL SELECT 1", 10_000),
        "SELECT * FROM t" + Repeat(", t", 20_000),
        "SELECT CAST(1 AS " + Repeat("ARRAY<", 10_000) + "INT",
        "SELECT " + Repeat("CASE WHEN ", 10_000) + "1",
        "SELECT a" + Repeat(" IS NULL", 10_000) + " FROM t",
        "SELECT * FROM t GROUP BY " + Repeat("GROUPING SETS (", 10_000) + "a");

    [Theory]
    [MemberData(nameof(DeepTexts))]
    public void A_text_that_is_too_deep_is_told_once(string text)
    {
        SqlSyntaxTree tree = SqlParser.Parse(new SourceText("deep", text));
        Assert.Equal("MR0113", Assert.Single(tree.Diagnostics).Code);
        Assert.Equal(text, tree.Root.ToFullString());
    }

    [Fact]
    public void Two_hundred_parentheses_and_a_thousand_operands_are_not_too_deep()
    {
        string parentheses = "SELECT " + new string('(', 200) + "1" + new string(')', 200);
        Assert.Empty(SqlParser.Parse(new SourceText("deep", parentheses)).Diagnostics);
        string operands = "SELECT 1" + Repeat(" + 1", 1000);
        Assert.Empty(SqlParser.Parse(new SourceText("long", operands)).Diagnostics);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_unread()
    {
        string text = "SELECT '" + new string('x', SqlParser.MaxLength) + "'";
        SqlSyntaxTree tree = SqlParser.Parse(new SourceText("long", text));
        Assert.Equal("MR0112", Assert.Single(tree.Diagnostics).Code);
        Assert.Equal(text, tree.Root.ToFullString());
    }

    private static string Repeat(string text, int times, string between = "") =>
        string.Join(between, Enumerable.Repeat(text, times));
}
