using Millrace.Diagnostics;

namespace Millrace.Sql.Syntax;

/// <summary>
/// A parsed text: its root, and what was wrong with it. There is always a tree, and it always holds the whole text.
/// </summary>
/// <param name="Source">The text.</param>
/// <param name="Root">The tree.</param>
/// <param name="Diagnostics">What was wrong, in text order; empty when the text is a sentence of the grammar.</param>
public sealed record SqlSyntaxTree(SourceText Source, SqlRootSyntax Root, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(d => d.IsError);

    /// <summary>Where an element stands, for a diagnostic.</summary>
    public Location LocationOf(SyntaxElement element) => new(Source, element.Span);
}
