using YamlDotNet.RepresentationModel;

namespace Millrace.Conformance.Corpus;

/// <summary>Reads a YAML file of cases.</summary>
public static class CorpusReader
{
    private static readonly IReadOnlyDictionary<string, string> None =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyList<CorpusCase> Read(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return stream.Documents.Count == 0
            ? []
            : [.. ((YamlSequenceNode)stream.Documents[0].RootNode).Select(n => ReadCase((YamlMappingNode)n))];
    }

    private static CorpusCase ReadCase(YamlMappingNode node)
    {
        (QuestionKind kind, string key) = new[]
        {
            (QuestionKind.Expressions, "expressions"), (QuestionKind.Each, "each"),
            (QuestionKind.Encode, "encode"), (QuestionKind.Sql, "sql"),
        }.First(q => Has(node, q.Item2));
        return new CorpusCase(
            Text(node, "case")!,
            kind,
            kind == QuestionKind.Expressions ? "" : Text(node, key)!,
            kind == QuestionKind.Expressions ? Texts(node, key) : [],
            Has(node, "tables") ? [.. Map(node, "tables").Select(t => ReadTable(Key(t), (YamlMappingNode)t.Value))]
                : [],
            Pairs(node, "settings"),
            Pairs(node, "options"),
            Text(node, "kinds") == "any",
            Text(node, "defect"));
    }

    private static CorpusTable ReadTable(string name, YamlMappingNode node) => new(
        name,
        [.. Map(node, "columns").Select(c => new CorpusColumn(Key(c), ((YamlScalarNode)c.Value).Value!))],
        Text(node, "watermark"),
        Text(node, "rows") ?? "",
        Has(node, "versioned") ? ReadVersions((YamlMappingNode)node["versioned"]) : null,
        string.Equals(Text(node, "changelog"), "true", StringComparison.OrdinalIgnoreCase),
        Has(node, "primary_key") ? Texts(node, "primary_key") : [],
        Pairs(node, "options"));

    private static CorpusVersions ReadVersions(YamlMappingNode node) => new(Texts(node, "key"), Text(node, "at")!);

    private static IReadOnlyDictionary<string, string> Pairs(YamlMappingNode node, string key) => Has(node, key)
        ? Map(node, key).ToDictionary(Key, p => ((YamlScalarNode)p.Value).Value!, StringComparer.Ordinal)
        : None;

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    private static string Key(KeyValuePair<YamlNode, YamlNode> pair) => ((YamlScalarNode)pair.Key).Value!;

    private static List<string> Texts(YamlMappingNode node, string key) =>
        [.. ((YamlSequenceNode)node[key]).Select(n => ((YamlScalarNode)n).Value!)];

    private static bool Has(YamlMappingNode node, string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    private static string? Text(YamlMappingNode node, string key) =>
        Has(node, key) ? ((YamlScalarNode)node[key]).Value : null;
}
