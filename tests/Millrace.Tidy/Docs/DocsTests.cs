using Xunit;

namespace Millrace.Tidy.Docs;

/// <summary>Law 10 on the documents of this repository, and on bad examples.</summary>
public class DocsTests
{
    private static readonly string[] Required = ["STYLE.md", "CONTRIBUTING.md", "LICENSE"];

    private static IEnumerable<string> Documents => Repository.Files("", ".md")
        .Where(p => !p.Contains('/', StringComparison.Ordinal))
        .Concat(Repository.Files("docs", ".md")).Concat(Repository.Files("examples", ".md"));

    [Fact]
    public void The_house_has_its_documents()
    {
        Tidy.None(Required.Where(p => !Repository.Exists(p)).Select(p => $"{p} is missing"));
    }

    [Fact]
    public void Paths_in_documents_exist()
    {
        Tidy.None(Documents.SelectMany(p => PathRule.Check(p, Repository.Read(p), Repository.Exists)));
    }

    [Fact]
    public void Blocks_in_documents_parse()
    {
        Tidy.None(Documents.SelectMany(p => CodeBlock.Of(p, Repository.Read(p))).SelectMany(BlockRule.Check));
    }

    [Fact]
    public void Commands_in_documents_are_verbs_and_every_verb_is_explained()
    {
        IReadOnlySet<string> verbs = VerbRule.Of(Repository.Files("src/Millrace.Cli", ".cs"));
        Assert.NotEmpty(verbs);
        Tidy.None(Documents.SelectMany(p => VerbRule.Check(p, Repository.Read(p), verbs))
            .Concat(VerbRule.Unexplained(Repository.Read("docs/cli.md"), verbs)));
    }

    [Theory]
    [InlineData("```sh\n./millrace frobnicate x\n```", "\"millrace frobnicate\"")]
    [InlineData("see `millrace upp --demo`", "\"millrace upp\"")]
    public void A_command_that_does_not_exist_is_told(string text, string expected)
    {
        HashSet<string> verbs = ["up"];
        Tidy.Says(expected, VerbRule.Check("a.md", text, verbs));
        Tidy.Says("does not explain \"millrace up\"", VerbRule.Unexplained("nothing", verbs));
        Tidy.None(VerbRule.Check("a.md", "`./millrace up` and millrace is a word, `.millrace down`", verbs));
    }

    [Theory]
    [InlineData("README.md", "see `src/Nowhere`", "names src/Nowhere")]
    [InlineData("docs/a.md", "see [b](b.md)", "names b.md")]
    [InlineData("docs/a.md", "see [b](../b.md#part)", "names ../b.md#part")]
    public void A_dead_path_is_told(string document, string text, string expected)
    {
        Tidy.Says(expected, PathRule.Check(document, text, _ => false));
    }

    [Theory]
    [InlineData("see `src/Millrace.<Project>` and `specs/**`")]
    [InlineData("see [web](https://example.org/x) and [above](#part)")]
    [InlineData("`SELECT a/b`")]
    public void What_is_no_path_passes(string text)
    {
        Tidy.None(PathRule.Check("README.md", text, _ => false));
    }

    [Fact]
    public void Links_are_relative_to_their_document()
    {
        Tidy.None(PathRule.Check("docs/a.md", "[s](../STYLE.md) [b](b.md)", p => p is "STYLE.md" or "docs/b.md"));
    }

    [Theory]
    [InlineData("```yaml\na: [1\n```", "a.md:1: the yaml block")]
    [InlineData("x\n```json\n{\"a\":}\n```", "a.md:2: the json block")]
    [InlineData("```sql\nSELECT a FROM {{ source(\"t\") }};\nSELECT FROM\n```", "a.md:1: the sql block")]
    public void A_broken_block_is_told(string text, string expected)
    {
        Tidy.Says(expected, CodeBlock.Of("a.md", text).SelectMany(BlockRule.Check));
    }
}
