using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Reads <c>on_failure:</c>: a list of actions, or a mapping with a severity and actions.</summary>
internal sealed class FailureReader
{
    private readonly List<AlertDefinition> alerts = [];

    public Severity Severity { get; private set; } = Severity.Error;

    public IReadOnlyList<AlertDefinition> Alerts => alerts;

    public static FailureReader Read(MappingReader test)
    {
        FailureReader failure = new();
        switch (test.Entry("on_failure"))
        {
            case null:
                break;
            case { Value: YamlSequence }:
                failure.ReadActions(test.Mappings("on_failure", "- alert: .."));
                break;
            default:
                failure.ReadObject(test.Mapping("on_failure"));
                break;
        }

        return failure;
    }

    private void ReadObject(MappingReader? reader)
    {
        if (reader is null)
        {
            return;
        }

        Severity = reader.OneOf("severity", "error", "warning")?.Value == "warning" ? Severity.Warning : Severity.Error;
        ReadActions([reader]);
        ReadActions(reader.Mappings("actions", "- alert: .."));
    }

    private void ReadActions(IEnumerable<MappingReader> actions)
    {
        foreach (MappingReader action in actions)
        {
            if (action.Mapping("alert") is { } alert && ReadAlert(alert, action.KeyLocation("alert")!) is { } read)
            {
                alerts.Add(read);
            }
        }
    }

    /// <summary>
    /// Two spellings: <c>channel: slack</c>, and <c>type: slack</c> with <c>channel: "#alerts"</c> for the room.
    /// </summary>
    private static AlertDefinition? ReadAlert(MappingReader reader, Location at)
    {
        string key = reader.Entry("type") is null ? "channel" : "type";
        Said<string>? kind = reader.OneOf(key, "slack", "webhook");
        string? room = key == "type" ? reader.Prose("channel") : null;
        LateText? webhook = reader.Late("webhook");
        long? cooldown = reader.Duration("cooldown")?.Value;
        if (kind is null)
        {
            return reader.Entry(key) is null ? reader.Missing<AlertDefinition>("an alert", "channel") : null;
        }

        AlertChannel channel = kind.Value == "slack" ? AlertChannel.Slack : AlertChannel.Webhook;
        return webhook is null
            ? reader.Missing<AlertDefinition>(
                "an alert", "webhook", "the address to POST to: webhook: ${SLACK_WEBHOOK}")
            : new AlertDefinition(channel, room, webhook, cooldown, at);
    }
}
