using System.Xml.Linq;
using Xunit;

namespace Millrace.Tidy.Layers;

/// <summary>Law 1 on this repository, and on bad examples.</summary>
public class ReferenceTests
{
    private static readonly LayerTable Small = LayerTable.Parse("[projects]\nL0 Data:\nL1 Plans: Data\nL6 Cli: *\n");

    [Fact]
    public void References_follow_the_table()
    {
        LayerTable table = LayerTable.OfRepository();
        Assert.NotEmpty(Repository.Files("src", ".csproj"));
        Tidy.None(ReferenceRule.CheckTable(table).Concat(
            Repository.Files("src", ".csproj").SelectMany(p => ReferenceRule.Check(table, p, Repository.Read(p)))));
    }

    [Fact]
    public void A_leak_is_a_compile_error()
    {
        XDocument props = XDocument.Parse(Repository.Read("Directory.Build.props"));
        Assert.Equal("true", props.Descendants("DisableTransitiveProjectReferences").Single().Value);
        Assert.Equal("true", props.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.Equal("enable", props.Descendants("Nullable").Single().Value);
    }

    [Theory]
    [InlineData(
        "src/Millrace.Data/Millrace.Data.csproj", "../Millrace.Plans/Millrace.Plans.csproj",
            "Data may not reference Plans")]
    [InlineData("src/Millrace.Plans/Millrace.Plans.csproj", "../../tests/Millrace.X/Millrace.X.csproj", "not in src")]
    [InlineData("src/Millrace.Blob/Millrace.Blob.csproj", "../Millrace.Data/Millrace.Data.csproj", "has no row")]
    public void Bad_references_are_told(string path, string reference, string expected)
    {
        Tidy.Says(expected, ReferenceRule.Check(Small, path, Project(reference)));
    }

    [Fact]
    public void Good_references_pass()
    {
        Tidy.None(
            ReferenceRule.Check(
                Small, "src/Millrace.Plans/Millrace.Plans.csproj", Project("../Millrace.Data/Millrace.Data.csproj")));
        Tidy.None(
            ReferenceRule.Check(
                Small, "src/Millrace.Cli/Millrace.Cli.csproj", Project("../Millrace.Data/Millrace.Data.csproj")));
    }

    [Fact]
    public void A_table_that_points_up_is_told()
    {
        Tidy.Says(
            "points up", ReferenceRule.CheckTable(LayerTable.Parse("[projects]\nL0 Data: Plans\nL1 Plans: Data\n")));
        Tidy.Says("has no row", ReferenceRule.CheckTable(LayerTable.Parse("[projects]\nL0 Data: Blob\n")));
    }

    private static string Project(string reference) =>
        $"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>";
}
