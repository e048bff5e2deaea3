namespace Millrace.Sql.Syntax;

/// <summary>A name of one or more parts: <c>t</c>, <c>db.t</c>, <c>t.`timestamp`</c>, <c>t.r.x</c>.</summary>
public sealed class NameSyntax(SyntaxList<SyntaxToken> parts) : SyntaxNode(parts)
{
    /// <summary>The tokens of the parts, without the dots.</summary>
    public SyntaxList<SyntaxToken> Parts { get; } = parts;

    /// <summary>The parts without quotes.</summary>
    public IReadOnlyList<string> Values { get; } = [.. parts.Select(p => p.Value)];

    /// <summary>The last part, without quotes.</summary>
    public string Last => Values[^1];

    /// <summary>The parts joined by dots, for messages.</summary>
    public string Dotted => string.Join('.', Values);
}
