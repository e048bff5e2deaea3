using System.Text.Json;
using Millrace.Projects;
using Millrace.Quality.Assertions;
using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>What rows pass the assertions.</summary>
public sealed class RowCheckTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", true)]
    [InlineData("""{"a":1,"b":""}""", true)]
    [InlineData("""{"a":1,"b":null}""", false)]
    [InlineData("""{"a":1}""", false)]
    public void Not_null(string row, bool passes) =>
        Assert.Equal(passes, Check(new NotNullAssertion(["a", "b"], Definitions.Nowhere), row).Passed);

    [Theory]
    [InlineData("""{"a":"mobile"}""", true)]
    [InlineData("""{"a":"mo\u0062ile"}""", true)]
    [InlineData("""{"a":"Mobile"}""", false)]
    [InlineData("""{"a":"fridge"}""", false)]
    [InlineData("""{"a":""}""", false)]
    [InlineData("""{"a":null}""", true)]
    [InlineData("""{}""", true)]
    [InlineData("""{"a":true}""", true)]
    [InlineData("""{"a":false}""", false)]
    [InlineData("""{"a":3}""", true)]
    [InlineData("""{"a":3.0}""", true)]
    [InlineData("""{"a":"3"}""", true)]
    [InlineData("""{"a":4}""", false)]
    public void Accepted_values(string row, bool passes)
    {
        AcceptedValuesAssertion assertion = new("a", ["desktop", "mobile", "true", "3"], Definitions.Nowhere);
        Assert.Equal(passes, Check(assertion, row).Passed);
    }

    [Theory]
    [InlineData(1, 10, "1", true)]
    [InlineData(1, 10, "10.0", true)]
    [InlineData(1, 10, "0.999999999999999999999", false)]
    [InlineData(1, 10, "10.000000000000000000001", false)]
    [InlineData(1, 10, "1e400", false)]
    [InlineData(1, null, "1e300", true)]
    [InlineData(null, 10, "-1e300", true)]
    [InlineData(null, 10, "1e300", false)]
    [InlineData(1, 10, "null", true)]
    [InlineData(1, 10, "\"5\"", false)]
    [InlineData(null, null, "5", true)]
    public void Range(int? min, int? max, string value, bool passes)
    {
        RangeAssertion assertion = new("a", min, max, Definitions.Nowhere);
        Assert.Equal(passes, Check(assertion, $$"""{"a":{{value}}}""").Passed);
    }

    [Fact]
    public void Unique_names_the_first_of_two_and_lets_nulls_pass()
    {
        UniqueAssertion assertion = new(["a", "b"], Definitions.Nowhere);
        AssertionResult result = Check(assertion,
            """{"a":1,"b":"x"}""", """{"a":1,"b":"y"}""", """{"a":null,"b":"x"}""", """{"a":null,"b":"x"}""",
            """{"b":"\u0078","a":1}""");

        Assert.Equal((5L, 1L), (result.Checked, result.Failed));
        Assert.Equal("same a, b as partition 0, offset 0", Assert.Single(result.Counterexamples).Problem);
        Assert.Equal(4, result.Counterexamples[0].Offset);
    }

    [Fact]
    public void Unique_keeps_columns_apart()
    {
        UniqueAssertion assertion = new(["a", "b"], Definitions.Nowhere);

        Assert.True(Check(assertion, """{"a":"x\u001fy","b":"z"}""", """{"a":"x","b":"y\u001fz"}""").Passed);
        Assert.True(Check(assertion, """{"a":1,"b":1}""", """{"a":"1","b":1}""").Passed);
    }

    [Fact]
    public void All_failures_are_counted_and_the_first_five_kept()
    {
        string[] rows = [.. Enumerable.Range(0, 20).Select(i => $$"""{"a":{{i}}}""")];
        AssertionResult result = Check(new RangeAssertion("a", 0, 9, Definitions.Nowhere), rows);

        Assert.Equal((20L, 10L), (result.Checked, result.Failed));
        Assert.Equal(
            ["a is 10", "a is 11", "a is 12", "a is 13", "a is 14"], result.Counterexamples.Select(c => c.Problem));
        Assert.Equal("""{"a":10}""", result.Counterexamples[0].Row);
        Assert.Equal("range: a between 0 and 9", result.Description);
    }

    [Fact]
    public void Assertions_about_the_stream_have_no_row_check()
    {
        Assert.Null(RowCheck.Of(new MaxLagAssertion(null, 1, Definitions.Nowhere)));
        Assert.Null(RowCheck.Of(new ThroughputAssertion(1, null, 1000, Definitions.Nowhere)));
    }

    private static AssertionResult Check(AssertionDefinition assertion, params string[] rows)
    {
        RowCheck check = RowCheck.Of(assertion)!;
        for (int i = 0; i < rows.Length; i++)
        {
            using JsonDocument document = JsonDocument.Parse(rows[i]);
            check.Look(new TestedRow(0, i, document.RootElement));
        }

        return check.Result();
    }
}
