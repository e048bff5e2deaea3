using Xunit;

namespace Millrace.Tidy.Completeness;

/// <summary>Law 5 on this repository, and on bad examples.</summary>
public class DiagnosticTests
{
    private const string Good = """class ADiagnostics { object M() => D("MR0101"); object D(string code) => code; }""";

    [Fact]
    public void Every_code_has_one_method_and_an_entry()
    {
        List<DiagnosticCode> codes = [.. DiagnosticRule.Codes(Repository.Product)];
        Assert.NotEmpty(codes);
        Tidy.None(DiagnosticRule.Check(codes, Repository.Read("docs/diagnostics.md")));
    }

    [Fact]
    public void A_code_with_two_methods_is_told()
    {
        Tidy.Says("one code, one method", Check(Good, """class BDiagnostics { object N() => "MR0101"; }"""));
    }

    [Fact]
    public void A_code_made_elsewhere_is_told()
    {
        Tidy.Says("make it in a *Diagnostics class", Check("""class A { object M() => "MR0101"; }"""));
    }

    [Fact]
    public void A_code_without_an_entry_is_told()
    {
        Tidy.Says("MR0102 has no row", Check("""class ADiagnostics { object M() => "MR0102"; }"""));
        Tidy.None(Check(Good));
    }

    private static IEnumerable<string> Check(params string[] texts) => DiagnosticRule.Check(
        [.. DiagnosticRule.Codes(texts.Select((t, i) => new SourceFile($"src/Millrace.X/{i}.cs", t)))],
            "| MR0101 | x |");
}
