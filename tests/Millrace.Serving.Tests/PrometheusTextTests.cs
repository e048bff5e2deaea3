using System.Text;
using Millrace.Serving.Operations;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>The text exposition format.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void Families_and_samples_are_lines()
    {
        PrometheusText text = new();
        text.Family("a_total", "counter", "Things.").Sample("a_total", [], 3);
        text.Family("b", "gauge", "More.").Sample("b", "source", "clicks", 0.25);
        text.Sample("b", [("x", "1"), ("y", "2")], -1);

        Assert.Equal("""
            # HELP a_total Things.
            # TYPE a_total counter
            a_total 3
            # HELP b More.
            # TYPE b gauge
            b{source="clicks"} 0.25
            b{x="1",y="2"} -1

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(text.ToBytes()));
    }

    [Theory]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("\\n", "\\\\n")]
    [InlineData("ü {},=", "ü {},=")]
    public void Labels_are_escaped(string label, string written)
    {
        byte[] text = new PrometheusText().Sample("m", "l", label, 1).ToBytes();
        Assert.Equal($"m{{l=\"{written}\"}} 1\n", Encoding.UTF8.GetString(text));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(1e300, "1E+300")]
    [InlineData(0.1, "0.1")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    public void Numbers_are_as_the_format_wants(double value, string written) =>
        Assert.Equal($"m {written}\n", Encoding.UTF8.GetString(new PrometheusText().Sample("m", [], value).ToBytes()));
}
