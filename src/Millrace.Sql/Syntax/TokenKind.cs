namespace Millrace.Sql.Syntax;

/// <summary>
/// The kinds of tokens. Keywords are <see cref="Word"/>s: the parser decides by place which of them are names.
/// </summary>
public enum TokenKind
{
    /// <summary>The end of the text; carries the trivia behind the last token.</summary>
    EndOfFile,

    /// <summary>A bare name or keyword.</summary>
    Word,

    /// <summary><c>`name`</c>.</summary>
    QuotedName,

    /// <summary><c>"name"</c>: not of this dialect; reported, then taken as a name.</summary>
    DoubleQuotedName,

    /// <summary><c>'text'</c>, also with the prefix <c>E</c>, <c>N</c>, <c>U&amp;</c> or <c>_charset</c>.</summary>
    String,

    /// <summary><c>X'0AFF'</c>.</summary>
    BinaryString,

    /// <summary><c>42</c>, <c>4.2</c>, <c>.5</c>, <c>5.</c>, <c>1e0</c>.</summary>
    Number,

    /// <summary>An optimizer hint <c>/*+ … */</c>; elsewhere than behind SELECT or a table it is a comment.</summary>
    Hint,

    /// <summary>
    /// An operator of another dialect (<c>^</c>, <c>&amp;</c>, <c>::</c> …): reported, then parsed as a binary
    /// operator.
    /// </summary>
    ForeignOperator,

    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Semicolon,
    Colon,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Concat,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary><c>=&gt;</c>, between the name of an argument and its value.</summary>
    Arrow,
}
