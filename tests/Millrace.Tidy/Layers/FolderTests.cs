using Xunit;

namespace Millrace.Tidy.Layers;

/// <summary>Folder order on this repository, and on bad examples.</summary>
public class FolderTests
{
    private static readonly SourceFile[] Upward =
    [
        new("src/Millrace.X/Low/A.cs", "namespace X; class A { B b; }"),
        new("src/Millrace.X/High/B.cs", "namespace X; class B { }"),
    ];

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_use_only_what_is_below_them(string project)
    {
        LayerTable table = LayerTable.OfRepository();
        Tidy.None(FolderRule.Check(
            table.Folders.GetValueOrDefault(project), project,
                [.. Repository.Product.Where(f => f.Project == project)]));
    }

    [Fact]
    public void An_upward_use_is_told()
    {
        Tidy.Says("src/Millrace.X/Low/A.cs:1: Low uses B of High", FolderRule.Check(["Low", "High"], "X", Upward));
        Tidy.None(FolderRule.Check(["High", "Low"], "X", Upward));
    }

    [Fact]
    public void A_folder_that_is_not_listed_is_told()
    {
        Tidy.Says("lacks High", FolderRule.Check(["Low"], "X", Upward));
    }

    [Fact]
    public void A_property_called_like_a_type_is_no_use_of_it()
    {
        Tidy.None(FolderRule.Check(["Low", "High"], "X",
        [
            new("src/Millrace.X/Low/A.cs", "namespace X; class A { int B { get; set; } int C() => B; }"),
            new("src/Millrace.X/High/B.cs", "namespace X; class B { }"),
        ]));
    }
}
