using System.Text;
using System.Text.Json;

namespace Millrace.Engine.Tests.Support;

/// <summary>Keeps everything that an engine puts out, as text, per topic in order.</summary>
internal sealed class Recorder : IStepOutput
{
    private readonly Dictionary<string, List<string>> lines = new(StringComparer.Ordinal);

    /// <summary>Rows of a model: <c>partition|key|timestamp|position|canonical row</c>.</summary>
    public IReadOnlyList<string> Of(string name) => lines.GetValueOrDefault(name) ?? [];

    /// <summary>What is done within a step where the engine can be read.</summary>
    public Action WhenReadable { get; init; } = static () => { };

    public void Readable() => WhenReadable();

    /// <summary>Only the rows' values, canonical.</summary>
    public string[] Values(string model) => [.. Of(model).Select(l => l.Split('|', 5)[4])];

    public string Everything() => string.Join(
        "\n",
        lines.Where(l => l.Value.Count > 0)
            .OrderBy(l => l.Key, StringComparer.Ordinal)
            .SelectMany(l => l.Value.Prepend($"== {l.Key}")));

    /// <summary>How much there is now, for <see cref="Rewind"/>.</summary>
    public Dictionary<string, int> Mark() => lines.ToDictionary(l => l.Key, l => l.Value.Count, StringComparer.Ordinal);

    /// <summary>Forgets what came after a mark.</summary>
    public void Rewind(Dictionary<string, int> mark)
    {
        foreach ((string name, List<string> list) in lines)
        {
            int kept = mark.GetValueOrDefault(name);
            list.RemoveRange(kept, list.Count - kept);
        }
    }

    public void Rows(ModelSpec model, OutputRows rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            string key = rows.KeyLengths[i] < 0 ? "-" : Encoding.UTF8.GetString(rows.Key(i));
            string marks = $"{rows.Partitions[i]}|{key}|{rows.Timestamps[i]}|{rows.Positions[i]}";
            Add(model.Name, $"{marks}|{Canonical(rows.Value(i))}");
        }
    }

    public void Bad(in BadRow row) => Add(
        row.Topic.Name + "$bad",
        $"{row.Position}|{row.Record >= 0}|{row.Model?.Name}|{row.Reason}|{Encoding.UTF8.GetString(row.Original)}");

    public void Late(in LateRow row) => Add(
        row.Model.Name + "$late",
        $"{row.Position}|{row.Watermark}|{row.WindowEnd}|{Canonical(row.Value)}");

    /// <summary>An object's entries as <c>name=value</c>; a MULTISET's sorted, because it has no order.</summary>
    public static string Canonical(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return string.Join(",", document.RootElement.EnumerateObject().Select(p => $"{p.Name}={Canonical(p.Value)}"));
    }

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "NULL",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object => "{" + string.Join(
            ",", value.EnumerateObject().Select(p => $"{p.Name}:{p.Value}").Order(StringComparer.Ordinal)) + "}",
        _ => value.GetRawText(),
    };

    private void Add(string name, string line)
    {
        if (!lines.TryGetValue(name, out List<string>? list))
        {
            lines.Add(name, list = []);
        }

        list.Add(line);
    }
}
