using Millrace.Data;
using Millrace.Plans;
using Xunit;

namespace Millrace.Engine.Tests.Aggregates;

/// <summary>In which company averages are taken from sums and counts: what a real Flink did.</summary>
public class AverageReductionTests
{
    [Theory]
    [InlineData("AVG a", false)]
    [InlineData("AVG a, AVG b, AVG c", false)]
    [InlineData("AVG a, SUM a, COUNT a", true)]
    [InlineData("AVG a, SUM a", false)]
    [InlineData("AVG a, COUNT a", false)]
    [InlineData("AVG a, SUM a, COUNT *", false)]
    [InlineData("AVG a, SUM a, COUNT a, AVG b", false)]
    [InlineData("AVG a, SUM a, COUNT a, AVG b, SUM b, COUNT b, AVG c", true)]
    [InlineData("SUM a, SUM b, SUM c, AVG a, AVG b, AVG c, COUNT a", true)]
    [InlineData("AVG a, SUM a, COUNT a, MAX a, MIN b, COUNT *", true)]
    [InlineData("SUM a, COUNT a, COUNT *", false)]
    [InlineData("AVG n, SUM n, COUNT *", true)]
    [InlineData("AVG n, COUNT n, COUNT *", false)]
    [InlineData("AVG n, SUM n, COUNT n", true)]
    public void Averages_are_reduced_when_that_leaves_fewer_calls(string calls, bool expected) =>
        Assert.Equal(expected, AverageReduction.Applies([.. calls.Split(", ").Select(Parse)]));

    [Fact]
    public void Equal_calls_count_once()
    {
        AggregateCall[] calls = [Parse("AVG a"), Parse("AVG a"), Parse("SUM a"), Parse("SUM a")];
        Assert.False(AverageReduction.Applies(calls));
    }

    // n is NOT NULL.
    private static AggregateCall Parse(string call)
    {
        string name = call.Split(' ')[0];
        string argument = call.Split(' ')[1];
        SqlType type = SqlType.Int.WithNullability(argument != "n");
        InputColumn? column = argument == "*" ? null : new InputColumn(argument[0] - 'a', argument, type);
        return new AggregateCall(AggregateFunction.All.Single(f => f.Name == name), column, false, null, type);
    }
}
