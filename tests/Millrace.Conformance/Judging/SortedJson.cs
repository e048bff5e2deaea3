using System.Text.Json;

namespace Millrace.Conformance.Judging;

/// <summary>A JSON text with the members of its inner objects sorted by key; all other bytes as they came.</summary>
public static class SortedJson
{
    public static string Of(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        IEnumerable<string> members = document.RootElement.EnumerateObject().Select(p => $"{Name(p)}:{Value(p.Value)}");
        return $"{{{string.Join(",", members)}}}";
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",",
            value.EnumerateObject().Select(p => $"{Name(p)}:{Value(p.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonValueKind.Array => $"[{string.Join(",", value.EnumerateArray().Select(Value))}]",
        _ => value.GetRawText(),
    };

    private static string Name(JsonProperty member)
    {
        string text = member.ToString();
        return text[..(text.IndexOf(':', RawNameLength(text)))];
    }

    /// <summary>Where a member's quoted name ends.</summary>
    private static int RawNameLength(string text)
    {
        int at = 1;
        while (text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return at;
    }
}
