using System.Globalization;
using System.Text;
using Millrace.Data.Numbers;

namespace Millrace.Data.Tests.Numbers;

public class IntegerTextTests
{
    [Fact]
    public void Written_as_the_platform_does_and_read_back()
    {
        Random random = new(1);
        byte[] room = new byte[IntegerText.MaxLength];
        long[] edges = [0, 9, 10, 99, 100, 9999, 10_000, long.MaxValue, long.MinValue, -1, 1_000_000_000_000_000_000];
        foreach (long value in edges.Concat(Enumerable.Range(0, 20_000).Select(_ =>
            random.NextInt64() >> random.Next(63))))
        {
            int length = IntegerText.Write(room, value);
            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(room, 0, length));
            Assert.True(IntegerText.TryParse(room.AsSpan(0, length), out long back));
            Assert.Equal(value, back);
        }
    }

    [Theory]
    [InlineData(" +12\t", 12)]
    [InlineData("007", 7)]
    [InlineData("-0", 0)]
    [InlineData("١٢", 12)]
    public void Read(string text, long expected)
    {
        Assert.True(IntegerText.TryParse(Encoding.UTF8.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("+")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("1 2")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999")]
    [InlineData("½")]
    public void Not_read(string text) => Assert.False(IntegerText.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
