using Millrace.Diagnostics;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Parsing;

/// <summary>
/// Turns the text of a query into a lossless tree. Never fails: what is wrong becomes a diagnostic, and the tree
/// holds the text all the same. Pure and thread-safe.
/// </summary>
public static class SqlParser
{
    /// <summary>The longest text, in UTF-16 units; a longer one is refused unread.</summary>
    public const int MaxLength = 1 << 20;

    public static SqlSyntaxTree Parse(SourceText source)
    {
        DiagnosticBag diagnostics = new();
        SqlRootSyntax root = source.Text.Length > MaxLength
            ? Refuse(source, diagnostics)
            : new Parser(source, Lexer.Lex(source, diagnostics), diagnostics).ParseRoot();
        Diagnostic[] inOrder = [.. diagnostics.Items.OrderBy(d => d.Location?.Span.Start ?? 0)];
        return new SqlSyntaxTree(source, root, inOrder);
    }

    /// <summary>
    /// Reads a type, with NOT NULL behind it or without; the tree holds the diagnostics and no query.
    /// </summary>
    internal static (NestedTypeSyntax Type, SqlSyntaxTree Tree) ParseType(SourceText source)
    {
        DiagnosticBag diagnostics = new();
        IReadOnlyList<SyntaxToken> tokens = Lexer.Lex(source, diagnostics);
        NestedTypeSyntax type = new Parser(source, tokens, diagnostics).ParseTypeRoot();
        return (type, new SqlSyntaxTree(source, Parser.EmptyRoot(tokens[^1]), diagnostics.Items));
    }

    private static SqlRootSyntax Refuse(SourceText source, DiagnosticBag diagnostics)
    {
        diagnostics.Add(SqlSyntaxDiagnostics.TextTooLong(new Location(source, new TextSpan(0, 1)), MaxLength));
        SyntaxToken end = new(
            TokenKind.EndOfFile, "", source.Text.Length, [new SyntaxTrivia(TriviaKind.Skipped, source.Text)]);
        return Parser.EmptyRoot(end);
    }
}
