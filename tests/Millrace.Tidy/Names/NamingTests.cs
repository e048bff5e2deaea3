using Xunit;

namespace Millrace.Tidy.Names;

/// <summary>Names and leftovers on this repository, and on bad examples.</summary>
public class NamingTests
{
    [Fact]
    public void Folders_are_named_for_their_content()
    {
        Tidy.None(Repository.Folders("src").Concat(Repository.Folders("tests")).SelectMany(NamingRule.CheckFolder));
    }

    [Fact]
    public void Nothing_is_left_over_or_put_off()
    {
        Tidy.None(Repository.Sources.SelectMany(f => NamingRule.CheckFile(f).Concat(NamingRule.CheckNamespace(f))));
    }

    [Theory]
    [InlineData("src/Millrace.Common")]
    [InlineData("src/Millrace.X/Helpers")]
    [InlineData("tests/Millrace.X/misc")]
    public void A_drawer_is_told(string folder)
    {
        Tidy.Says("a folder is named", NamingRule.CheckFolder(folder));
    }

    [Theory]
    [InlineData("a/Class1.cs", "", "name the file")]
    [InlineData("a/TextUtils.cs", "", "name the file")]
    [InlineData("a/A.cs", "// TO" + "DO: later", "do it")]
    [InlineData("a/A.cs", "// x = Compute(1);", "commented-out code")]
    [InlineData("a/A.cs", "class A { void M() => throw new NotImplementedException(); }", "implement it")]
    public void A_leftover_is_told(string path, string text, string expected)
    {
        Tidy.Says(expected, NamingRule.CheckFile(new(path, text)));
    }

    [Theory]
    [InlineData("// The mastodon = an animal; see (Cuvier).")]
    [InlineData("// It holds a < b (the invariant).")]
    public void A_comment_that_says_why_passes(string text)
    {
        Tidy.None(NamingRule.CheckFile(new("a/A.cs", text)));
    }

    [Fact]
    public void A_foreign_namespace_is_told()
    {
        Tidy.Says("namespace Other", NamingRule.CheckNamespace(new("src/Millrace.X/A.cs", "namespace Other;\n")));
        Tidy.None(NamingRule.CheckNamespace(new("src/Millrace.X/B/A.cs", "namespace Millrace.X.B;\n")));
    }
}
