using System.Text;
using FsCheck.Xunit;
using Millrace.Serving.Exposures;
using Xunit;

namespace Millrace.Serving.Tests;

/// <summary>A text is what its bytes say, and the same string each time.</summary>
public sealed class TextPoolTests
{
    [Property]
    public void Each_text_is_made_once(string[] texts)
    {
        TextPool pool = new();
        foreach (string? text in texts.Concat(texts))
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
            string expected = Encoding.UTF8.GetString(utf8);
            string first = pool.Of(utf8);
            Assert.Equal(expected, first);
            Assert.Same(first, pool.Of(utf8));
        }

        int different = texts.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t ?? ""))).Distinct().Count();
        Assert.Equal(different, pool.Count);
    }

    [Theory]
    [InlineData("é", "e")]
    [InlineData("", "a")]
    [InlineData("p1", "p10")]
    public void Texts_that_differ_stay_apart(string one, string other)
    {
        TextPool pool = new();
        string first = pool.Of(Encoding.UTF8.GetBytes(one + new string('é', 200)));
        string second = pool.Of(Encoding.UTF8.GetBytes(other + new string('é', 200)));
        Assert.Equal((one + new string('é', 200), other + new string('é', 200)), (first, second));
    }
}
