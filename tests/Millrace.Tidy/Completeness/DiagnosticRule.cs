using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Millrace.Tidy.Completeness;

/// <summary>A diagnostic's code with the method that makes it.</summary>
public sealed record DiagnosticCode(string Code, string Method, string At);

/// <summary>
/// Law 5: a diagnostic's code belongs to one method of one <c>*Diagnostics</c> class, and has an entry in the docs.
/// </summary>
public static partial class DiagnosticRule
{
    /// <summary>Every code in a string of the product.</summary>
    public static IEnumerable<DiagnosticCode> Codes(IEnumerable<SourceFile> files) =>
        from file in files
        from token in file.Tree.GetRoot().DescendantTokens().Where(t => t.IsKind(SyntaxKind.StringLiteralToken))
        where Code().IsMatch(token.ValueText)
        let method = token.Parent!.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()
        select new DiagnosticCode(token.ValueText, Name(method), file.At(token.SpanStart));

    public static IEnumerable<string> Check(IReadOnlyList<DiagnosticCode> codes, string entries)
    {
        foreach (IGrouping<string, DiagnosticCode> code in codes.GroupBy(c => c.Code, StringComparer.Ordinal))
        {
            if (code.Select(c => c.Method).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                string methods = string.Join(" and in ", code.Select(c => c.Method));
                yield return $"{code.Last().At}: {code.Key} is made in {methods}; "
                    + "one code, one method, one text";
            }

            if (!code.First().Method.Contains("Diagnostics.", StringComparison.Ordinal))
            {
                yield return $"{code.First().At}: {code.Key} is made in {code.First().Method}; "
                    + "make it in a *Diagnostics class";
            }

            if (!entries.Contains($"| {code.Key} |", StringComparison.Ordinal))
            {
                yield return $"{code.First().At}: {code.Key} has no row in docs/diagnostics.md";
            }
        }
    }

    private static string Name(MethodDeclarationSyntax? method) =>
        method is null ? "" : $"{(method.Parent as TypeDeclarationSyntax)?.Identifier.Text}.{method.Identifier.Text}";

    [GeneratedRegex(@"^MR\d{4}$", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
