using Millrace.Data.Time;

namespace Millrace.Data.Tests.Time;

public class CivilDateTests
{
    [Fact]
    public void Every_day_of_years_1_to_9999_is_the_platforms()
    {
        DateOnly day = DateOnly.MinValue;
        long number = day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        for (; ; day = day.AddDays(1), number++)
        {
            (long year, int month, int ofMonth) = CivilDate.FromDays(number);
            if (year != day.Year || month != day.Month || ofMonth != day.Day
                || CivilDate.ToDays(year, month, ofMonth) != number)
            {
                Assert.Fail($"{day}: {year}-{month}-{ofMonth}");
            }

            if (day == DateOnly.MaxValue)
            {
                return;
            }
        }
    }

    [Fact]
    public void Beyond_it_repeats_every_400_years()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            long days = random.NextInt64(-90_000_000_000, 90_000_000_000);
            (long year, int month, int day) = CivilDate.FromDays(days);
            Assert.Equal((year + 400, month, day), CivilDate.FromDays(days + 146_097));
            Assert.Equal(days, CivilDate.ToDays(year, month, day));
            Assert.InRange(day, 1, CivilDate.DaysInMonth(year, month));
        }
    }
}
