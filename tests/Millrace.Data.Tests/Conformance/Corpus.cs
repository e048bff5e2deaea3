using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Millrace.Data.Tests.Conformance;

/// <summary>A table of a case: its columns, options and lines.</summary>
internal sealed record CorpusTable(
    IReadOnlyList<(string Name, string Type)> Columns, Dictionary<string, string> Options, string[] Lines);

/// <summary>One case of the corpus with Flink's answer.</summary>
internal sealed record CorpusCase(string Name, string Kind, string Query, string[] Expressions, CorpusTable Table,
    Dictionary<string, string> Options, JsonElement Expected);

/// <summary>
/// The questions that a real Flink answered, from the folder beside the checkout (or where MILLRACE_SHARED says).
/// Where it is missing there is nothing to compare with, and the test says so.
/// </summary>
internal static class Corpus
{
    public static string? Folder { get; } = Find();

    public static IReadOnlyList<CorpusCase> Read(string file)
    {
        YamlStream yaml = [];
        using (StreamReader reader = File.OpenText(Path.Combine(Folder!, "conformance", "cases", file + ".yml")))
        {
            yaml.Load(reader);
        }

        JsonElement expected = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Folder!, "conformance", "expected", file + ".json")),
            new JsonDocumentOptions { MaxDepth = 2000 }).RootElement;
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(c =>
            Case(c, expected))];
    }

    private static CorpusCase Case(YamlMappingNode node, JsonElement expected)
    {
        string name = Text(node, "case")!;
        string kind = new[] { "each", "expressions", "encode", "sql" }.First(k => node.Children.ContainsKey(k));
        YamlMappingNode table = (YamlMappingNode)((YamlMappingNode)node.Children["tables"]).Children.First().Value;
        string[] expressions = kind == "expressions"
            ? [.. ((YamlSequenceNode)node.Children[kind]).Select(e => ((YamlScalarNode)e).Value!)] : [];
        return new CorpusCase(name, kind, kind == "expressions" ? "" : Text(node, kind)!, expressions,
            new CorpusTable(
                [.. ((YamlMappingNode)table.Children["columns"]).Select(c => (c.Key.ToString(), c.Value.ToString()))],
                Options(table), [.. Text(table, "rows")!.Split('\n')]),
            Options(node), expected.GetProperty(name));
    }

    private static Dictionary<string, string> Options(YamlMappingNode node) =>
        node.Children.TryGetValue("options", out YamlNode? options)
            ? ((YamlMappingNode)options).ToDictionary(o => o.Key.ToString(), o => o.Value.ToString()) : [];

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out YamlNode? value) ? ((YamlScalarNode)value).Value : null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MILLRACE_SHARED") is string named)
        {
            return named;
        }

        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string beside = Path.Combine(d.FullName, "shared", "conformance");
            if (Directory.Exists(beside))
            {
                return Path.Combine(d.FullName, "shared");
            }
        }

        return null;
    }
}
