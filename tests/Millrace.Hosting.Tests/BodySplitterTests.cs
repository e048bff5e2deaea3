using System.Text;
using Millrace.Hosting.Collecting;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class BodySplitterTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("[]")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData(" {\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}")]
    [InlineData("{\"a\":1}\n\r\n{\"a\":2}\r\n", "{\"a\":1}", "{\"a\":2}")]
    [InlineData("{\"a\":1}\nnot json\n{\"a\":2}", "{\"a\":1}", "not json", "{\"a\":2}")]
    [InlineData("[{\"a\":1}, {\"b\":[2]} ,3]", "{\"a\":1}", "{\"b\":[2]}", "3")]
    [InlineData("[{\"a\":1},{\"b\":oops}]", "{\"a\":1}", ",{\"b\":oops}]")]
    [InlineData("[{\"a\":1}] trailing", "{\"a\":1}", "trailing")]
    [InlineData("[{\"a\":1", "{\"a\":1")]
    [InlineData("not json", "not json")]
    [InlineData("{\"a\":\n{\"b\":1}", "{\"a\":", "{\"b\":1}")]
    [InlineData("\uFEFF{\"a\":1}", "{\"a\":1}")]
    public void Bodies_become_records(string body, params string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        List<BodySlice> slices = [];
        BodySplitter.Split(bytes, slices);

        Assert.Equal(expected, slices.Select(s => Encoding.UTF8.GetString(bytes, s.Start, s.Length)));
    }
}
