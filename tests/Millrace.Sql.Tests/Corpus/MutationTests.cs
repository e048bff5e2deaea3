using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Xunit;

namespace Millrace.Sql.Tests.Corpus;

/// <summary>Texts that are no SQL: the parser neither fails nor loses a character of them.</summary>
public class MutationTests
{
    private static readonly string[] Pieces =
    [
        "(", ")", "'", "`", "\"", "/*", "*/", "--", "\n", ",", ".", "SELECT", "FROM", "CASE", "END", "AS", "WITH",
            "OVER (",
        "JOIN", "ON", "IN (", "BETWEEN", "NOT", "INTERVAL", "[", "]", "U&'\\", "X'1", "é", "\ud83d", "\0", "{{",
            "1e", "::",
        "GROUP BY", "ARRAY<", "ROW<", "CAST(", ";", "VALUES", "/*+ h */", "=>", "FOR SYSTEM_TIME", "LIMIT", "ORDER",
    ];

    [SharedFact]
    public void Mutated_queries_of_the_corpus_stay_whole()
    {
        Random random = new(20240131);
        foreach (CorpusQuery query in CorpusQuery.All)
        {
            for (int i = 0; i < 4; i++)
            {
                Check(Mutate(query.Sql, random));
            }
        }
    }

    [Fact]
    public void Random_heaps_of_tokens_stay_whole()
    {
        Random random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            Check(string.Join(random.Next(2) == 0 ? " " : "", random.GetItems(Pieces, random.Next(1, 60))));
        }
    }

    private static void Check(string text) =>
        Assert.Equal(text, SqlParser.Parse(new SourceText("mutant", text)).Root.ToFullString());

    private static string Mutate(string text, Random random)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int start = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(12), text.Length - start);
            text = random.Next(3) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, Pieces[random.Next(Pieces.Length)]),
                _ => text.Insert(start, text.Substring(random.Next(text.Length + 1 - length), length)),
            };
        }

        return text;
    }
}
