namespace Millrace.Diagnostics;

/// <summary>A span of a source text: what a diagnostic points at.</summary>
public sealed record Location(SourceText Source, TextSpan Span)
{
    /// <summary><c>file:line:column</c>, line and column counted from one.</summary>
    public override string ToString()
    {
        (int line, int column) = Source.Position(Span.Start);
        return $"{Source.Name}:{line + 1}:{column + 1}";
    }
}
