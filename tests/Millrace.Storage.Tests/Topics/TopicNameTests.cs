using Millrace.Storage.Topics;
using Xunit;

namespace Millrace.Storage.Tests.Topics;

/// <summary>Legal names are Kafka's, the dollar sign and the tilde; no name is a way out of the folder.</summary>
public class TopicNameTests
{
    [Theory]
    [InlineData("events-clean", true)]
    [InlineData("clickstream$bad", true)]
    [InlineData("A.b_9", true)]
    [InlineData("clickstream~2$bad", true)]
    [InlineData("...", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../x", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("a\0", false)]
    public void Legal(string name, bool legal) => Assert.Equal(legal, TopicName.IsLegal(name));

    [Fact]
    public void Length()
    {
        Assert.True(TopicName.IsLegal(new string('x', 249)));
        Assert.False(TopicName.IsLegal(new string('x', 250)));
    }
}
