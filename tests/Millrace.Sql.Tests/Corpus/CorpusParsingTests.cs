using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Xunit;

namespace Millrace.Sql.Tests.Corpus;

/// <summary>The parser against what Flink's said about the corpus.</summary>
public class CorpusParsingTests
{
    /// <summary>
    /// What Flink refuses only because of its long list of reserved words (docs/differences.md), by case name.
    /// </summary>
    private static readonly string[] ReservedWordCases =
    [
        "queries/unquoted-", "queries/words-that-must-be-back-quoted", "queries/reserved-word-as-an-alias",
        "types/bare-names", "types/qualified-names", "windows/product-popularity-model-as-written",
    ];

    /// <summary>
    /// Functions without the right arguments are the binder's business here, the parser's in Flink.
    /// </summary>
    private static readonly string[] CallsThatTheBinderRefuses =
        ["CORR(v, d)", "JSON_VALUE(j)", "SUBSTRING(s)", "CONTAINS(s, 'a')"];

    [SharedFact]
    public void Every_query_of_the_corpus_prints_as_it_was_written()
    {
        Assert.NotEmpty(CorpusQuery.All);
        Assert.Empty(CorpusQuery.All.Where(q => Parse(q).Root.ToFullString() != q.Sql).Select(q => q.Sql));
    }

    [SharedFact]
    public void What_Flink_runs_parses() => Assert.Empty(
        CorpusQuery.All.Where(q => q.Error is null && Parse(q).HasErrors).Select(q => $"{q.Name}: {q.Sql}"));

    [SharedFact]
    public void What_Flinks_parser_refuses_is_refused_or_a_documented_difference() => Assert.Empty(
        CorpusQuery.All.Where(q => q.IsRefusedByParser && !Parse(q).HasErrors)
            .Where(q => !ReservedWordCases.Any(c => q.Name.StartsWith(c, StringComparison.Ordinal)))
            .Where(q => !CallsThatTheBinderRefuses.Any(c => q.Sql.Contains(c, StringComparison.Ordinal)))
            .Select(q => $"{q.Name}: {q.Sql}"));

    [SharedFact]
    public void The_seeds_models_parse()
    {
        string[] files = Directory.GetFiles(Path.Combine(SharedFolder.Path!, "seed", "project", "models"), "*.yml");
        Assert.NotEmpty(files);
        foreach (string sql in files.SelectMany(SeedModels.In))
        {
            Assert.Empty(SqlParser.Parse(new SourceText("seed", sql)).Diagnostics);
        }
    }

    private static SqlSyntaxTree Parse(CorpusQuery query) => SqlParser.Parse(new SourceText(query.Name, query.Sql));
}
