using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
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
            "sql" => SqlProblem(block.Text),
            _ => null,
        };
        return problem is null ? []
            : [$"{block.Document}:{block.Line}: the {block.Language} block does not parse: {problem}"];
    }

    /// <summary>Queries, each ended by a semicolon or the block; a template stands for a name.</summary>
    private static string? SqlProblem(string text)
    {
        string plain = Regex.Replace(text, @"\{\{.*?\}\}", "x", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return plain.Split(";\n").Where(s => s.Trim().Length > 0)
            .SelectMany(s => SqlParser.Parse(new SourceText("block", s)).Diagnostics)
            .FirstOrDefault(d => d.IsError)?.Message;
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
