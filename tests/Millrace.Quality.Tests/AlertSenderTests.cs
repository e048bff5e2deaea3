using System.Text.Json.Nodes;
using Millrace.Projects;
using Millrace.Quality.Alerts;
using Xunit;

namespace Millrace.Quality.Tests;

/// <summary>Sending alerts to a local server, over time that is stepped.</summary>
public sealed class AlertSenderTests
{
    private static readonly Alert Alert = new("shop", "alive", "clean", ["max_lag: lag 5 s", "a < b & c > d"], 0);

    [Fact]
    public async Task A_failing_receiver_is_tried_again_after_growing_pauses()
    {
        SteppedTime time = new();
        using FakeReceiver receiver = new(500, 429, 200);
        using AlertSender sender = new(time);
        Task<AlertOutcome> sending = SendAsync(sender, receiver);

        await time.SomebodyWaits();
        Assert.Single(receiver.Bodies);
        time.Advance(TimeSpan.FromSeconds(1));
        await time.SomebodyWaits();
        Assert.Equal(2, receiver.Bodies.Count);
        time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Equal(2, receiver.Bodies.Count);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(new AlertOutcome(true, null), await sending);
        Assert.Equal(3, receiver.Bodies.Count);
        Assert.Single(receiver.Bodies.Distinct());
    }

    [Fact]
    public async Task Three_failures_are_the_end()
    {
        SteppedTime time = new();
        using FakeReceiver receiver = new(503);
        using AlertSender sender = new(time);
        Task<AlertOutcome> sending = SendAsync(sender, receiver);
        await time.SomebodyWaits();
        time.Advance(TimeSpan.FromSeconds(1));
        await time.SomebodyWaits();
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(new AlertOutcome(false, "the receiver answered 503"), await sending);
        Assert.Equal(3, receiver.Bodies.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    [InlineData(302)]
    public async Task A_refusal_is_final(int status)
    {
        using FakeReceiver receiver = new(status);
        using AlertSender sender = new(new SteppedTime());
        AlertOutcome outcome = await SendAsync(sender, receiver);

        Assert.Equal(new AlertOutcome(false, $"the receiver answered {status}"), outcome);
        Assert.Single(receiver.Bodies);
    }

    [Fact]
    public async Task What_is_no_address_is_not_tried_and_never_repeated_in_words()
    {
        using AlertSender sender = new(new SteppedTime());
        AlertOutcome unset = await sender.SendAsync(Definitions.Slack(null), Alert, CancellationToken.None);
        AlertOutcome file = await sender.SendAsync(Definitions.Slack("file:///secret"), Alert, CancellationToken.None);

        Assert.Equal(new AlertOutcome(false, "SLACK_WEBHOOK is not set"), unset);
        Assert.Equal(new AlertOutcome(false, "the webhook is not an http or https address"), file);
    }

    [Fact]
    public async Task Slack_gets_escaped_text_and_its_room()
    {
        using FakeReceiver receiver = new(200);
        using AlertSender sender = new(new SteppedTime());
        await sender.SendAsync(Definitions.Slack(receiver.Address, room: "#data"), Alert, CancellationToken.None);

        JsonNode body = JsonNode.Parse(Assert.Single(receiver.Bodies))!;
        Assert.Equal("#data", (string?)body["channel"]);
        Assert.Equal(
            "shop: test alive fails on clean (1970-01-01 00:00:00Z)\n• max_lag: lag 5 s\n• a &lt; b &amp; c &gt; d",
            (string?)body["text"]);
    }

    private static Task<AlertOutcome> SendAsync(AlertSender sender, FakeReceiver receiver) =>
        sender.SendAsync(Definitions.Slack(receiver.Address), Alert, CancellationToken.None);

    [Fact]
    public async Task A_webhook_gets_the_alert_as_an_object()
    {
        using FakeReceiver receiver = new(204);
        using AlertSender sender = new(new SteppedTime());
        AlertDefinition webhook = Definitions.Slack(receiver.Address) with { Channel = AlertChannel.Webhook };
        Assert.True((await sender.SendAsync(webhook, Alert, CancellationToken.None)).Sent);

        JsonNode body = JsonNode.Parse(Assert.Single(receiver.Bodies))!;
        Assert.Equal(("shop", "alive", "clean", 0L),
            ((string?)body["project"], (string?)body["test"], (string?)body["table"], (long)body["at"]!));
        Assert.Equal(2, body["messages"]!.AsArray().Count);
    }
}
