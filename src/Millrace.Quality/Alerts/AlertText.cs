using System.Buffers;
using System.Text.Json;
using Millrace.Projects;

namespace Millrace.Quality.Alerts;

/// <summary>
/// The bodies that alert channels take. Slack: an incoming webhook's <c>{"text": .., "channel": ..}</c>, with the
/// three characters that Slack's message format reserves escaped. Webhook: the alert as an object.
/// </summary>
internal static class AlertText
{
    public static byte[] Render(AlertDefinition definition, Alert alert)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter json = new(bytes);
        json.WriteStartObject();
        if (definition.Channel == AlertChannel.Slack)
        {
            WriteSlack(json, definition, alert);
        }
        else
        {
            WriteWebhook(json, alert);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteSlack(Utf8JsonWriter json, AlertDefinition definition, Alert alert)
    {
        string lines = string.Join('\n', alert.Messages.Select(m => $"• {m}"));
        string time = DateTimeOffset.FromUnixTimeMilliseconds(alert.AtMs).ToString(
            "u", System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(
            "text", Escape($"{alert.Project}: test {alert.Test} fails on {alert.Table} ({time})\n{lines}"));
        if (definition.Room is { } room)
        {
            json.WriteString("channel", room);
        }
    }

    private static void WriteWebhook(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("project", alert.Project);
        json.WriteString("test", alert.Test);
        json.WriteString("table", alert.Table);
        json.WriteNumber("at", alert.AtMs);
        json.WriteStartArray("messages");
        foreach (string message in alert.Messages)
        {
            json.WriteStringValue(message);
        }

        json.WriteEndArray();
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
