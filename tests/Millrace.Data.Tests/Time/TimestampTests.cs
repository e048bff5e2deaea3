using System.Globalization;
using System.Text;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Time;

public class TimestampTests
{
    [Theory]
    [InlineData(TimestampStandard.Sql, false)]
    [InlineData(TimestampStandard.Sql, true)]
    [InlineData(TimestampStandard.Iso8601, false)]
    [InlineData(TimestampStandard.Iso8601, true)]
    [InlineData(TimestampStandard.Lenient, true)]
    public void Written_as_the_platform_does_and_read_back(TimestampStandard standard, bool zoned)
    {
        Random random = new(1);
        byte[] room = new byte[TimestampText.MaxLength];
        TimestampText writer = default;
        TimestampReader reader = new(standard, zoned);
        DateTime time = DateTime.UnixEpoch;
        for (int i = 0; i < 20_000; i++)
        {
            // Neighbours share their date, as records do.
            time = i % 3 == 0
                ? new DateTime(random.NextInt64(DateTime.MaxValue.Ticks))
                    : time.Date.AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
            long cut = random.Next(2) == 0 ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
            time = new DateTime(time.Ticks - time.Ticks % cut);
            long millis = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
            string form = standard == TimestampStandard.Sql ? "yyyy-MM-dd HH:mm:ss.FFF" : "yyyy-MM-ddTHH:mm:ss.FFF";
            int length = writer.Write(room, millis, standard, zoned);
            Assert.Equal(
                time.ToString(form, CultureInfo.InvariantCulture) + (zoned ? "Z" : ""),
                    Encoding.UTF8.GetString(room, 0, length));
            Assert.True(reader.TryRead(room.AsSpan(0, length), out long back));
            Assert.Equal(millis, back);
            string cast = time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            Assert.Equal(cast, Encoding.UTF8.GetString(room, 0, TimestampText.WriteCast(room, millis, 3)));
            Assert.Equal(cast[..19], Encoding.UTF8.GetString(room, 0, TimestampText.WriteCast(room, millis, 0)));
            Assert.Equal(cast + "000000", Encoding.UTF8.GetString(room, 0, TimestampText.WriteCast(room, millis, 9)));
        }
    }

    [Theory]
    [InlineData(TimestampStandard.Sql, false)]
    [InlineData(TimestampStandard.Sql, true)]
    [InlineData(TimestampStandard.Iso8601, false)]
    [InlineData(TimestampStandard.Iso8601, true)]
    [InlineData(TimestampStandard.Lenient, true)]
    public void Having_read_the_date_before_changes_nothing(TimestampStandard standard, bool zoned)
    {
        Random random = new(2);
        string good = standard == TimestampStandard.Sql ? "2024-02-29 13:14:15.678" : "2024-02-29T13:14:15.678";
        good += zoned ? "Z" : "";
        TimestampReader warm = new(standard, zoned);
        Assert.True(warm.TryRead(Encoding.UTF8.GetBytes(good), out _));
        int taken = 0;
        for (int i = 0; i < 60_000; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(good[..random.Next(10, good.Length + 1)]
                + (random.Next(3) == 0 ? "Z" : ""));
            for (int k = random.Next(3); k > 0; k--)
            {
                text[random.Next(text.Length)] = (byte)"0123456789-:. TZtz+"[random.Next(19)];
            }

            TimestampReader cold = new(standard, zoned);
            bool expected = cold.TryRead(text, out long exact);
            bool actual = warm.TryRead(text, out long millis);
            taken += actual ? 1 : 0;
            Assert.True(expected == actual && (!actual || exact == millis), Encoding.UTF8.GetString(text));
            warm.TryRead(Encoding.UTF8.GetBytes(good), out _);
        }

        Assert.InRange(taken, 3000, 50_000);
    }

    [Theory]
    [InlineData("2024-01-02", "2024-01-02T00:00:00")]
    [InlineData(" 2024-01-02T03:04Z ", "2024-01-02T03:04:00")]
    [InlineData("2024-01-02t03:04:05.1234567891z", "2024-01-02T03:04:05.123")]
    [InlineData("2024-01-02 03:04:05,5+0530", "2024-01-01T21:34:05.5")]
    [InlineData("2024-01-02 24:00:00", "2024-01-03T00:00:00")]
    [InlineData("2019-10-01 00:00:00 UTC", "2019-10-01T00:00:00")]
    [InlineData("-0001-12-31T23:59:59Z", "-0001-12-31T23:59:59")]
    [InlineData("1592337718.0", "2020-06-16T20:01:58")]
    [InlineData("2024-02-30", null)]
    [InlineData("2024-01-02T", null)]
    [InlineData("2024-01-02T03", null)]
    [InlineData("2024-01-02T03:04:05+1", null)]
    [InlineData("2024-01-02T03:04:05 PST", null)]
    [InlineData("", null)]
    [InlineData("20240102", null)]
    [InlineData("-1500000000", null)]
    public void Lenient_texts(string text, string? expected)
    {
        byte[] room = new byte[TimestampText.MaxLength];
        TimestampText writer = default;
        string? actual = LenientTimestamp.TryRead(Encoding.UTF8.GetBytes(text), out long millis, out _)
            ? Encoding.UTF8.GetString(room, 0, writer.Write(room, millis, TimestampStandard.Iso8601, withZ: false))
                : null;
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Dates_beyond_four_digits_have_a_sign()
    {
        byte[] room = new byte[DateText.MaxLength];
        foreach (string text in new[] { "+10000-01-01", "-0001-01-01", "0000-02-29", "9999-12-31", "0001-01-01" })
        {
            Assert.True(DateText.TryParse(Encoding.UTF8.GetBytes(text), out int days));
            Assert.Equal(text, Encoding.UTF8.GetString(room, 0, DateText.Write(room, days)));
        }

        foreach (string text in new[] { "+2024-01-01", "-0000-01-01", "10000-01-01", "+99999999-01-01", "2023-02-29" })
        {
            Assert.False(DateText.TryParse(Encoding.UTF8.GetBytes(text), out _));
        }
    }
}
