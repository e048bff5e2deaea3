using System.Globalization;
using Millrace.Engine.State;
using Xunit;

namespace Millrace.Engine.Tests.State;

/// <summary>Wall times and timers over changes of the clock, by an hour forward and by an hour back.</summary>
public sealed class SessionZoneTests
{
    private static readonly SessionZone Zone = new(Summer());

    [Theory]
    [InlineData("2024-01-15T12:00:00Z", "2024-01-15T13:00:00Z")]
    [InlineData("2024-07-15T12:00:00Z", "2024-07-15T14:00:00Z")]
    [InlineData("2024-03-31T00:59:59Z", "2024-03-31T01:59:59Z")]
    [InlineData("2024-03-31T01:00:00Z", "2024-03-31T03:00:00Z")]
    public void An_instant_shows_its_wall_time(string instant, string wall) =>
        Assert.Equal(Ms(wall), Zone.ToWall(Ms(instant)));

    [Theory]
    [InlineData("2024-01-15T13:00:00Z", "2024-01-15T12:00:00Z")]
    [InlineData("2024-07-15T14:00:00Z", "2024-07-15T12:00:00Z")]
    [InlineData("2024-03-31T02:30:00Z", "2024-03-31T01:00:00Z")]
    [InlineData("2024-10-27T02:30:00Z", "2024-10-27T01:30:00Z")]
    public void A_timer_fires_at_the_jump_or_in_the_second_pass(string wall, string instant) =>
        Assert.Equal(Ms(instant), Zone.ToTimer(Ms(wall)));

    private static long Ms(string text) => 
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static TimeZoneInfo Summer()
    {
        TimeZoneInfo.TransitionTime spring = Last(3, 2);
        TimeZoneInfo.TransitionTime autumn = Last(10, 3);
        TimeZoneInfo.AdjustmentRule rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("Summer", TimeSpan.FromHours(1), "Summer", "Winter", "Summer", [rule]);
    }

    private static TimeZoneInfo.TransitionTime Last(int month, int hour) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(
            new DateTime(1, 1, 1, hour, 0, 0), month, 5, DayOfWeek.Sunday);
}
