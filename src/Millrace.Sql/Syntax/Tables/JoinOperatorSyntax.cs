namespace Millrace.Sql.Syntax.Tables;

/// <summary>A comma, or the words from NATURAL to JOIN.</summary>
public sealed class JoinOperatorSyntax(JoinOperatorKind kind, bool isNatural, SyntaxList<SyntaxToken> words)
    : SyntaxNode(words)
{
    public JoinOperatorKind Kind { get; } = kind;

    public bool IsNatural { get; } = isNatural;
}
