using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Millrace.Tidy.Names;

/// <summary>Law 7: every public type of the product says in a summary what it is; a partial one says so in one of its
/// parts.</summary>
public static class DocumentationRule
{
    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        var types = files.SelectMany(f => f.Tree.GetRoot().DescendantNodes()
            .Where(IsType).Cast<MemberDeclarationSyntax>().Where(IsPublic).Select(node => (File: f, Node: node)));
        return types.GroupBy(t => t.File.Project + "/" + Name(t.Node), StringComparer.Ordinal)
            .Where(g => !g.Any(t => HasSummary(t.Node)))
            .Select(g => $"{g.First().File.At(g.First().Node)}: {Name(g.First().Node)} is public and has no <summary>; "
                + "say what it is, or make it internal");
    }

    private static bool IsType(SyntaxNode node) => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static bool IsPublic(MemberDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PublicKeyword)
        && type.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(t => t.Modifiers.Any(SyntaxKind.PublicKeyword));

    private static string Name(SyntaxNode type)
    {
        string own = type switch
        {
            TypeDeclarationSyntax t => t.Identifier.Text + t.TypeParameterList,
            BaseTypeDeclarationSyntax t => t.Identifier.Text,
            DelegateDeclarationSyntax t => t.Identifier.Text,
            _ => "",
        };
        return type.Parent is BaseTypeDeclarationSyntax outer ? $"{Name(outer)}.{own}" : own;
    }

    private static bool HasSummary(SyntaxNode type) => type.GetLeadingTrivia()
        .Select(t => t.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
        .SelectMany(d => d.ChildNodes().OfType<XmlElementSyntax>())
        .Any(e =>
            e.StartTag.Name.ToString() == "summary" && e.Content.ToString().Trim().Trim('/', ' ', '\n').Length > 0);
}
