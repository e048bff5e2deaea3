using Xunit;

namespace Millrace.Tidy.Budgets;

/// <summary>The budgets on this repository, and on bad examples.</summary>
public class BudgetTests
{
    [Fact]
    public void No_file_method_or_line_is_too_long()
    {
        Assert.NotEmpty(Repository.Sources);
        Tidy.None(Repository.Sources.SelectMany(BudgetRule.CheckFile));
    }

    [Fact]
    public void The_medians_keep_the_budget()
    {
        Tidy.None(BudgetRule.CheckMedians("src", [.. Repository.Product]).Concat(
            BudgetRule.CheckMedians("tests", [.. Repository.Sources.Where(f => f.Project.Length == 0)])));
    }

    [Fact]
    public void A_long_file_is_told()
    {
        Tidy.Says("a.cs: 501 lines", BudgetRule.CheckFile(new("a.cs", string.Concat(Enumerable.Repeat("//\n", 501)))));
        Tidy.None(BudgetRule.CheckFile(new("a.cs", string.Concat(Enumerable.Repeat("//\n", 500)))));
    }

    [Fact]
    public void A_long_line_is_told()
    {
        Tidy.Says("a.cs:2: 121 characters", BudgetRule.CheckFile(new("a.cs", "\n//" + new string('x', 119))));
        Tidy.None(BudgetRule.CheckFile(new("a.cs", "//" + new string('x', 118))));
    }

    [Fact]
    public void A_long_method_is_told()
    {
        Tidy.Says("a.cs:2: a method of 71 lines", BudgetRule.CheckFile(Method(68)));
        Tidy.None(BudgetRule.CheckFile(Method(67)));
    }

    [Fact]
    public void Long_medians_are_told()
    {
        Tidy.Says("x: the median method has 9", BudgetRule.CheckMedians("x", [Method(6)]));
        Tidy.None(BudgetRule.CheckMedians("x", [Method(5)]));
        Tidy.Says("x: the median file has 106", BudgetRule.CheckMedians("x", [Method(100)]));
    }

    /// <summary>A class in 6 lines more than the given ones, whose method has 3 more.</summary>
    private static SourceFile Method(int lines) =>
        new("a.cs", "class A {\nvoid M()\n{\n" + string.Concat(Enumerable.Repeat("M();\n", lines)) + "}\n}\n// end\n");
}
