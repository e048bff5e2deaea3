using FsCheck.Xunit;
using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Xunit;

namespace Millrace.Sql.Tests.Syntax;

/// <summary>parse ∘ print = identity, on generated sentences of the grammar and on any text.</summary>
public class RoundTripTests
{
    [Property(MaxTest = 400)]
    public bool A_generated_query_parses_without_a_word_and_prints_as_it_was_written(int seed)
    {
        string sql = new QueryGenerator(seed).Query();
        SqlSyntaxTree tree = SqlParser.Parse(new SourceText("generated", sql));
        Assert.True(tree.Diagnostics.Count == 0, $"{sql}\n{string.Join('\n', tree.Diagnostics)}");
        return tree.Root.ToFullString() == sql;
    }

    [Property(MaxTest = 300)]
    public bool Any_text_prints_as_it_was_written(string? text)
    {
        string any = text ?? "";
        return SqlParser.Parse(new SourceText("any", any)).Root.ToFullString() == any;
    }

    /// <summary>Spans nest, and children follow each other without gap or overlap.</summary>
    [Property(MaxTest = 200)]
    public void Children_tile_their_parent(int seed)
    {
        string sql = new QueryGenerator(seed).Query();
        SqlSyntaxTree tree = SqlParser.Parse(new SourceText("generated", sql));
        foreach (SyntaxNode node in tree.Root.DescendantsAndSelf.Where(n => n.Children.Count > 0))
        {
            int at = node.FullSpan.Start;
            foreach (SyntaxElement child in node.Children)
            {
                Assert.Equal(at, child.FullSpan.Start);
                at = child.FullSpan.End;
            }

            Assert.Equal(at, node.FullSpan.End);
        }
    }
}
