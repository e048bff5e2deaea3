using System.Text;
using Millrace.Diagnostics;
using Millrace.Sql.Tests.Corpus;
using Xunit;

namespace Millrace.Sql.Tests;

/// <summary>
/// What people write wrongly, and what they are told: a <c>mistakes.txt</c> holds queries, each line behind <c>&gt;
/// </c>, and below each the diagnostics drawn as on a terminal. Set MILLRACE_GOLDEN=write to write the file anew;
/// then read its diff.
/// </summary>
internal sealed class MistakesFile(string folder)
{
    private readonly string path = Path.Combine(
        Checkout.Root, "tests", "Millrace.Sql.Tests", folder, "mistakes.txt");

    /// <summary>Asks for each query of the file what is wrong with it, which must be something.</summary>
    public void Check(Func<string, IReadOnlyList<Diagnostic>> judge)
    {
        string golden = File.ReadAllText(path);
        StringBuilder actual = new();
        foreach (string query in Queries(golden))
        {
            actual.Append("> ").AppendLine(query.Replace("\n", "\n> ", StringComparison.Ordinal));
            IReadOnlyList<Diagnostic> diagnostics = judge(query);
            Assert.True(diagnostics.Any(d => d.IsError), query);
            actual.AppendJoin('\n', diagnostics).Append("\n\n");
        }

        if (Environment.GetEnvironmentVariable("MILLRACE_GOLDEN") == "write")
        {
            File.WriteAllText(path, actual.ToString());
            return;
        }

        Assert.Equal(golden, actual.ToString());
    }

    /// <summary>The codes in a source file that no query of this file is told.</summary>
    public IEnumerable<string> Missing(params string[] sourceFile)
    {
        string golden = File.ReadAllText(path);
        string source = File.ReadAllText(Path.Combine([Checkout.Root, "src", "Millrace.Sql", .. sourceFile]));
        return source.Split('"')
            .Where(s => s.Length == 6 && s.StartsWith("MR", StringComparison.Ordinal))
            .Where(c => !golden.Contains($" {c}: ", StringComparison.Ordinal));
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
