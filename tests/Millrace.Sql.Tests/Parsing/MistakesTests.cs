using Millrace.Diagnostics;
using Millrace.Sql.Parsing;
using Millrace.Sql.Syntax;
using Xunit;

namespace Millrace.Sql.Tests.Parsing;

/// <summary>Mistakes of form, see <see cref="MistakesFile"/>.</summary>
public class MistakesTests
{
    private static readonly MistakesFile Golden = new("Parsing");

    [Fact]
    public void Every_mistake_is_told_as_the_golden_file_says() => Golden.Check(query =>
    {
        SqlSyntaxTree tree = SqlParser.Parse(new SourceText("q", query));
        Assert.Equal(query, tree.Root.ToFullString());
        return tree.Diagnostics;
    });

    [Fact]
    public void Every_code_stands_in_the_golden_file() =>
        Assert.Empty(Golden.Missing("Parsing", "SqlSyntaxDiagnostics.cs").Except(["MR0112", "MR0113"]));
}
