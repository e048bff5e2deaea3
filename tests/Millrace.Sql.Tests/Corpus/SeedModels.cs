using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Millrace.Sql.Tests.Corpus;

/// <summary>The SQL of a file of models, with each template replaced by a back-quoted name as a project does.</summary>
public static partial class SeedModels
{
    public static IEnumerable<string> In(string file)
    {
        YamlStream yaml = new();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        YamlSequenceNode models = (YamlSequenceNode)yaml.Documents[0].RootNode["models"];
        return models.Select(m => Template().Replace(((YamlScalarNode)m["sql"]).Value!, "`$1`"));
    }

    [GeneratedRegex("""\{\{ (?:source|ref)\("(\w+)"\) \}\}""", RegexOptions.None, 1000)]
    private static partial Regex Template();
}
