using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Millrace.Tidy.Budgets;

/// <summary>Law 7: how long a file, a method and a line may be, and how long they are by the median.</summary>
public static class BudgetRule
{
    public const int FileLimit = 500;
    public const int FileMedian = 100;
    public const int MethodLimit = 70;
    public const int MethodMedian = 8;
    public const int LineLimit = 120;

    public static IEnumerable<string> CheckFile(SourceFile file)
    {
        if (file.Lines.Count > FileLimit)
        {
            yield return $"{file.Path}: {file.Lines.Count} lines, {FileLimit} at most; split it where its vocabulary "
                + "changes";
        }

        for (int i = 0; i < file.Lines.Count; i++)
        {
            if (file.Lines[i].Length > LineLimit)
            {
                yield return $"{file.Path}:{i + 1}: {file.Lines[i].Length} characters, {LineLimit} at most; break the "
                    + "line";
            }
        }

        foreach ((SyntaxNode method, int lines) in Methods(file).Where(m => m.Lines > MethodLimit))
        {
            yield return $"{file.At(method)}: a method of {lines} lines, {MethodLimit} at most; name its parts";
        }
    }

    public static IEnumerable<string> CheckMedians(string name, IReadOnlyList<SourceFile> files)
    {
        int file = Median(files.Select(f => f.Lines.Count));
        int method = Median(files.SelectMany(Methods).Select(m => m.Lines));
        if (file > FileMedian)
        {
            yield return $"{name}: the median file has {file} lines, {FileMedian} at most; one construct per file";
        }

        if (method > MethodMedian)
        {
            yield return $"{name}: the median method has {method} lines, {MethodMedian} at most; name the parts of "
                + "the long ones";
        }
    }

    /// <summary>Methods, constructors, operators and accessors with a body, from their first token (attributes aside)
    /// to the last.</summary>
    public static IEnumerable<(SyntaxNode Method, int Lines)> Methods(SourceFile file) =>
        file.Tree.GetRoot().DescendantNodes().Where(HasBody).Select(n => (n, LineCount(n)));

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        _ => false,
    };

    private static int LineCount(SyntaxNode node)
    {
        SyntaxNodeOrToken first = node.ChildNodesAndTokens().First(c => !c.IsKind(SyntaxKind.AttributeList));
        FileLinePositionSpan start = node.SyntaxTree.GetLineSpan(first.Span);
        return node.SyntaxTree.GetLineSpan(node.Span).EndLinePosition.Line - start.StartLinePosition.Line + 1;
    }

    private static int Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
