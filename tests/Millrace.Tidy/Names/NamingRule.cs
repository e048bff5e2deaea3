using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Millrace.Tidy.Names;

/// <summary>Law 7: no drawer for everything, nothing left over from a template, nothing put off, no code in
/// comments.</summary>
public static partial class NamingRule
{
    private static readonly string[] Drawers =
        ["Common", "Core", "Util", "Utils", "Utilities", "Helper", "Helpers", "Misc", "Shared", "Stuff", "Base"];

    private static readonly string[] Leftovers = ["Class1", "UnitTest1", "Test1", "Program1", "Placeholder"];

    public static IEnumerable<string> CheckFolder(string folder)
    {
        string name = folder.Split('/')[^1].Split('.')[^1];
        if (Drawers.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{folder}: a folder is named for its stage or content, never {name}";
        }
    }

    public static IEnumerable<string> CheckFile(SourceFile file)
    {
        string stem = Path.GetFileNameWithoutExtension(file.Path);
        if (Leftovers.Contains(stem, StringComparer.Ordinal)
            || Drawers.Any(d => stem.EndsWith(d, StringComparison.Ordinal) && d.Length > 4))
        {
            yield return $"{file.Path}: name the file for what is in it";
        }

        foreach (SyntaxTrivia comment in file.Tree.GetRoot().DescendantTrivia().Where(IsComment))
        {
            string text = comment.ToString();
            if (PutOff().Match(text) is { Success: true } match)
            {
                yield return $"{file.At(comment.SpanStart)}: {match.Value} in a comment; do it, or file an issue";
            }
            else if (IsCode(text))
            {
                yield return $"{file.At(comment.SpanStart)}: commented-out code; delete it";
            }
        }

        foreach (SyntaxNode node in file.Tree.GetRoot().DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
            .Where(n => n.Type.ToString().EndsWith("NotImplementedException", StringComparison.Ordinal)))
        {
            yield return $"{file.At(node)}: NotImplementedException; implement it, or refuse with a diagnostic";
        }
    }

    /// <summary>File-scoped namespaces that follow the project: the compiler's, not the eye's.</summary>
    public static IEnumerable<string> CheckNamespace(SourceFile file)
    {
        foreach (
            BaseNamespaceDeclarationSyntax space in file.Tree.GetRoot().DescendantNodes()
                .OfType<BaseNamespaceDeclarationSyntax>())
        {
            string name = space.Name.ToString();
            string project = file.Path.Split('/')[1];
            if (name != project && !name.StartsWith(project + ".", StringComparison.Ordinal))
            {
                yield return $"{file.At(space)}: namespace {name} in {project}; it is {project}[.<Folder>]";
            }
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static bool IsCode(string comment)
    {
        string text = comment.TrimStart('/').Trim();
        return text.EndsWith(';') && text.IndexOfAny(['(', '=']) > 0
            && !SyntaxFactory.ParseStatement(text).ContainsDiagnostics;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.None, 1000)]
    private static partial Regex PutOff();
}
