using System.Text;
using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Millrace.Sql.Tests.Corpus;
using Xunit;

namespace Millrace.Sql.Tests.Parsing;

/// <summary>
/// What people write wrongly, and what they are told: <c>mistakes.txt</c> holds queries, each line behind <c>&gt;
/// </c>, and below each the diagnostics drawn as on a terminal. Set MILLRACE_GOLDEN=write to write the file anew;
/// then read its diff.
/// </summary>
public class MistakesTests
{
    private static readonly string File = Path.Combine(
        Checkout.Root, "tests", "Millrace.Sql.Tests", "Parsing", "mistakes.txt");

    [Fact]
    public void Every_mistake_is_told_as_the_golden_file_says()
    {
        string golden = System.IO.File.ReadAllText(File);
        StringBuilder actual = new();
        foreach (string query in Queries(golden))
        {
            actual.Append("> ").AppendLine(query.Replace("\n", "\n> ", StringComparison.Ordinal));
            SqlSyntaxTree tree = SqlParser.Parse(new SourceText("q", query));
            Assert.True(tree.HasErrors, query);
            Assert.Equal(query, tree.Root.ToFullString());
            actual.AppendJoin('\n', tree.Diagnostics).Append("\n\n");
        }

        if (Environment.GetEnvironmentVariable("MILLRACE_GOLDEN") == "write")
        {
            System.IO.File.WriteAllText(File, actual.ToString());
            return;
        }

        Assert.Equal(golden, actual.ToString());
    }

    [Fact]
    public void Every_code_stands_in_the_golden_file()
    {
        string golden = System.IO.File.ReadAllText(File);
        string[] elsewhere = ["MR0112", "MR0113"];
        string source = System.IO.File.ReadAllText(Path.Combine(
            Checkout.Root, "src", "Millrace.Sql", "Parsing", "SqlSyntaxDiagnostics.cs"));
        IEnumerable<string> codes = source.Split('"').Where(
            s => s.Length == 6 && s.StartsWith("MR", StringComparison.Ordinal));
        Assert.Empty(codes.Except(elsewhere).Where(c => !golden.Contains($" {c}: ", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Queries(string golden)
    {
        List<string> lines = [];
        foreach (string line in golden.Split('\n').Append(""))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                lines.Add(line[2..]);
            }
            else if (lines.Count > 0)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
        }
    }
}
