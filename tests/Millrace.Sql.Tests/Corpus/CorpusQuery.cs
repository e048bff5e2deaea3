using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Millrace.Sql.Tests.Corpus;

/// <summary>A query of the conformance corpus with what Flink's parser thought of it.</summary>
/// <param name="Name">File and case.</param>
/// <param name="Sql">The query; a scalar expression stands in SELECT … AS x FROM t.</param>
/// <param name="Error">Flink's error, or null.</param>
public sealed record CorpusQuery(string Name, string Sql, string? Error)
{
    /// <summary>Flink's parser or lexer refused it.</summary>
    public bool IsRefusedByParser => Error is not null
        && (Error.Contains("sql.parser.impl.ParseException", StringComparison.Ordinal)
            || Error.Contains("TokenMgrError", StringComparison.Ordinal));

    public static IReadOnlyList<CorpusQuery> All { get; } =
        SharedFolder.Path is { } shared ? [.. Load(Path.Combine(shared, "conformance"))] : [];

    private static IEnumerable<CorpusQuery> Load(string folder)
    {
        foreach (
            string file in Directory.GetFiles(Path.Combine(folder, "cases"), "*.yml").Order(StringComparer.Ordinal))
        {
            string stem = Path.GetFileNameWithoutExtension(file);
            using JsonDocument expected =
                JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected", stem + ".json")));
            YamlStream yaml = new();
            yaml.Load(new StringReader(File.ReadAllText(file)));
            foreach (YamlMappingNode node in ((YamlSequenceNode)yaml.Documents[0].RootNode).Cast<YamlMappingNode>())
            {
                string name = ((YamlScalarNode)node["case"]).Value!;
                foreach (CorpusQuery query in Of($"{stem}/{name}", node, expected.RootElement.GetProperty(name)))
                {
                    yield return query;
                }
            }
        }
    }

    private static IEnumerable<CorpusQuery> Of(string name, YamlMappingNode node, JsonElement answer)
    {
        if (!node.Children.TryGetValue("expressions", out YamlNode? expressions))
        {
            string key = new[] { "sql", "each", "encode" }.First(k => node.Children.ContainsKey(k));
            yield return new CorpusQuery(name, ((YamlScalarNode)node[key]).Value!, ErrorOf(answer));
            yield break;
        }

        int i = 0;
        foreach (YamlScalarNode expression in ((YamlSequenceNode)expressions).Cast<YamlScalarNode>())
        {
            JsonElement one = answer.GetProperty("expressions")[i++];
            yield return new CorpusQuery(name, $"SELECT {expression.Value} AS x FROM t", ErrorOf(one));
        }
    }

    private static string? ErrorOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out JsonElement error)
            ? error.GetString()
            : null;
}
