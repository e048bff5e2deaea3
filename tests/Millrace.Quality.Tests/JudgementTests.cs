using Millrace.Projects;
using Millrace.Quality.Alerts;
using Millrace.Quality.Continuous;
using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>The pure rules: freshness, lag, throughput, rates and cooldowns, at their bounds.</summary>
public sealed class JudgementTests
{
    [Theory]
    [InlineData(30_000, "Ok")]
    [InlineData(30_001, "Warning")]
    [InlineData(120_000, "Warning")]
    [InlineData(120_001, "Error")]
    public void Freshness_has_two_bounds(long ageMs, string health)
    {
        FreshnessDefinition both = new(30_000, 120_000, Definitions.Nowhere);
        FreshnessDefinition none = new(null, null, Definitions.Nowhere);

        Assert.Equal(health, Judgement.Freshness(both, ageMs, true).Health.ToString());
        Assert.Equal(Health.Ok, Judgement.Freshness(none, ageMs, true).Health);
        Assert.StartsWith("no record for ", Judgement.Freshness(both, ageMs, false).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Unknown")]
    [InlineData(0L, "Ok")]
    [InlineData(1000L, "Ok")]
    [InlineData(1001L, "Error")]
    public void Lag_has_one(long? lagMs, string health) => Assert.Equal(
        health, Judgement.MaxLag(new MaxLagAssertion(null, 1000, Definitions.Nowhere), lagMs, "at").Health.ToString());

    [Theory]
    [InlineData(null, "Unknown", "watched for less than a minute")]
    [InlineData(9.0, "Error", "9 rows per minute, at least 10 wanted")]
    [InlineData(10.0, "Ok", "10 rows per minute")]
    [InlineData(20.0, "Ok", "20 rows per minute")]
    [InlineData(20.5, "Error", "20.5 rows per minute, at most 20 wanted")]
    public void Throughput_is_between(double? rows, string health, string message)
    {
        ThroughputAssertion bounds = new(10, 20, 60_000, Definitions.Nowhere);
        (Health found, string said) = Judgement.Throughput(bounds, rows);

        Assert.Equal((health, message), (found.ToString(), said));
    }

    [Fact]
    public void A_rate_needs_a_whole_period_and_forgets_what_is_older()
    {
        RateWindow window = new(10_000);
        List<double?> rates = [];
        for (int second = 0; second <= 25; second++)
        {
            window.Read(second * 1000, second < 12 ? second * 5 : 60);
            rates.Add(window.RowsPerPeriod);
        }

        Assert.All(rates.Take(10), Assert.Null);
        Assert.Equal([50.0, 50.0, 50.0, 45.0], rates.Skip(10).Take(4));
        Assert.Equal([5.0, 0.0, 0.0], rates.Skip(21).Take(3));
    }

    [Fact]
    public void A_rate_over_a_gap_is_per_period()
    {
        RateWindow window = new(10_000);
        window.Read(0, 0);
        window.Read(40_000, 400);

        Assert.Equal(100.0, window.RowsPerPeriod);
    }

    [Fact]
    public void A_cooldown_lets_one_pass_per_test()
    {
        AlertCooldown cooldown = new();

        Assert.Equal([true, false, false, true, false],
            new long[] { 0, 1, 999, 1000, 1999 }.Select(at => cooldown.TryPass("a", 1000, at)));
        Assert.True(cooldown.TryPass("b", 1000, 1));
    }

    [Theory]
    [InlineData("at", "Error")]
    [InlineData("created", "Unknown")]
    public void Lag_over_another_column_than_the_time_is_not_judged(string column, string health) => Assert.Equal(
        health,
        Judgement.MaxLag(new MaxLagAssertion(column, 1000, Definitions.Nowhere), 5000, "at").Health.ToString());
}
