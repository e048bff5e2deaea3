using Xunit;

namespace Millrace.Tidy.Names;

/// <summary>Documentation of public types on this repository, and on bad examples.</summary>
public class DocumentationTests
{
    [Fact]
    public void Every_public_type_says_what_it_is()
    {
        Tidy.None(DocumentationRule.Check(Repository.Product));
    }

    [Theory]
    [InlineData("public class A { }")]
    [InlineData("// A comment.\npublic class A { }")]
    [InlineData("/// <summary></summary>\npublic enum A { }")]
    [InlineData("/// <remarks>x</remarks>\npublic record A;")]
    [InlineData("public delegate void A();")]
    [InlineData("public partial class A { }\npublic partial class A { }")]
    public void A_silent_type_is_told(string text)
    {
        Tidy.Says("A is public and has no <summary>", DocumentationRule.Check([new("src/Millrace.X/A.cs", text)]));
    }

    [Theory]
    [InlineData("/// <summary>An A.</summary>\npublic class A { }")]
    [InlineData("/// <summary>\n/// An A.\n/// </summary>\npublic class A { }")]
    [InlineData("class A { public class B { } }")]
    [InlineData("/// <summary>An A.</summary>\npublic partial class A { }\npublic partial class A { }")]
    public void A_speaking_or_hidden_type_passes(string text)
    {
        Tidy.None(DocumentationRule.Check([new("src/Millrace.X/A.cs", text)]));
    }
}
