namespace Millrace.Sql.Syntax.Types;

/// <summary>
/// <c>INT</c>, <c>DOUBLE PRECISION</c>, <c>VARCHAR(20)</c>, <c>DECIMAL(10, 2)</c>, <c>TIMESTAMP(3) WITH LOCAL TIME
/// ZONE</c>.  </summary>
public sealed class SimpleTypeSyntax(
    SyntaxList<SyntaxToken> words,
    SyntaxToken? open,
    SyntaxList<SyntaxToken>? parameters,
    SyntaxToken? close,
    SyntaxList<SyntaxToken>? suffix)
    : TypeSyntax(words, open, parameters, close, suffix)
{
    /// <summary>The name in upper case, one blank between words.</summary>
    public string Name { get; } = string.Join(' ', words.Select(w => w.Value.ToUpperInvariant()));

    /// <summary>The numbers in parentheses.</summary>
    public IReadOnlyList<SyntaxToken> Parameters { get; } = parameters is null ? [] : [.. parameters];

    /// <summary><c>WITH LOCAL TIME ZONE</c>, <c>WITH TIME ZONE</c>, <c>WITHOUT TIME ZONE</c> or empty.</summary>
    public string Suffix { get; } = suffix is null ? ""
        : string.Join(' ', suffix.Select(w => w.Text.ToUpperInvariant()));
}
