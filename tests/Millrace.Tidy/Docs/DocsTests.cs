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
    public void A_broken_block_is_told(string text, string expected)
    {
        Tidy.Says(expected, CodeBlock.Of("a.md", text).SelectMany(BlockRule.Check));
    }
}
