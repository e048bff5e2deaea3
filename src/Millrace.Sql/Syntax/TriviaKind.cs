namespace Millrace.Sql.Syntax;

/// <summary>The kinds of text that the grammar does not see.</summary>
public enum TriviaKind
{
    /// <summary>Blanks, tabs and line breaks.</summary>
    Whitespace,

    /// <summary><c>-- …</c> or <c>// …</c> to the end of the line.</summary>
    LineComment,

    /// <summary><c>/* … */</c>, which does not nest.</summary>
    BlockComment,

    /// <summary>What the lexer or the parser could not use; a diagnostic says so.</summary>
    Skipped,
}
