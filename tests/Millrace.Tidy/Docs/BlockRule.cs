using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Millrace.Tidy.Docs;

/// <summary>Law 10: a YAML, JSON or SQL block of a document is what it says it is.</summary>
public static class BlockRule
{
    public static IEnumerable<string> Check(CodeBlock block)
    {
        string? problem = block.Language switch
        {
            "yaml" or "yml" => Problem<YamlException>(() => new YamlStream().Load(new StringReader(block.Text))),
            "json" => Problem<JsonException>(() => JsonDocument.Parse(block.Text).Dispose()),
            _ => null,
        };
        return problem is null ? []
            : [$"{block.Document}:{block.Line}: the {block.Language} block does not parse: {problem}"];
    }

    private static string? Problem<T>(Action parse)
        where T : Exception
    {
        try
        {
            parse();
            return null;
        }
        catch (T error)
        {
            return error.Message;
        }
    }
}
