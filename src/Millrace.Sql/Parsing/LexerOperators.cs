using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <content>Operators and punctuation, also those of other dialects.</content>
internal sealed partial class Lexer
{
    private static readonly (string Text, TokenKind Kind)[] Operators =
    [
        ("||", TokenKind.Concat), ("<>", TokenKind.NotEqual), ("<=", TokenKind.LessOrEqual),
        (">=", TokenKind.GreaterOrEqual), ("=>", TokenKind.Arrow), ("(", TokenKind.OpenParenthesis),
        (")", TokenKind.CloseParenthesis), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        (",", TokenKind.Comma), (".", TokenKind.Dot), (";", TokenKind.Semicolon), ("+", TokenKind.Plus),
        ("-", TokenKind.Minus), ("*", TokenKind.Star), ("/", TokenKind.Slash), ("%", TokenKind.Percent),
        ("=", TokenKind.Equal), ("<", TokenKind.Less), (">", TokenKind.Greater), (":", TokenKind.Colon),
    ];

    /// <summary>
    /// Operators that users bring from elsewhere, what they become, and what to write. Null: nothing, skip it.
    /// </summary>
    private static readonly (string Text, TokenKind? Kind, string Help)[] ForeignOperators =
    [
        ("!=", TokenKind.NotEqual, "write <>"),
        ("==", TokenKind.Equal, "write ="),
        ("&&", TokenKind.ForeignOperator, "write AND"),
        ("<<", TokenKind.ForeignOperator, "write x * POWER(2, n)"),
        ("::", TokenKind.ForeignOperator, "write CAST(x AS type)"),
        (":=", TokenKind.ForeignOperator, "there are no assignments in a query"),
        ("->", TokenKind.ForeignOperator, "write JSON_VALUE(x, '$.field')"),
        ("!~", TokenKind.ForeignOperator, "write NOT REGEXP(x, 'pattern')"),
        ("&", TokenKind.ForeignOperator, "there are no bit operators"),
        ("|", TokenKind.ForeignOperator, "there are no bit operators; to join texts write ||"),
        ("^", TokenKind.ForeignOperator, "write POWER(x, y)"),
        ("~", TokenKind.ForeignOperator, "write REGEXP(x, 'pattern')"),
        ("?", null, "there are no parameters, and for a choice write CASE WHEN … THEN … ELSE … END"),
        ("!", null, "write NOT"),
        ("@", null, "there are no variables; a name with @ in it needs back-quotes: `@x`"),
        ("#", null, "a comment begins with --; a name with # in it needs back-quotes: `#x`"),
        ("{", null, "templates are {{ source(\"x\") }}, {{ ref(\"x\") }} and {{ var(\"x\") }}"),
        ("}", null, "templates are {{ source(\"x\") }}, {{ ref(\"x\") }} and {{ var(\"x\") }}"),
    ];

    private TokenKind? ReadOperator()
    {
        foreach ((string foreign, TokenKind? kind, string help) in ForeignOperators)
        {
            if (At(foreign))
            {
                return ReadForeignOperator(foreign, kind, help);
            }
        }

        foreach ((string known, TokenKind kind) in Operators)
        {
            if (At(known))
            {
                position += known.Length;
                return kind;
            }
        }

        int length = char.IsSurrogatePair(Current, Peek(1)) ? 2 : 1;
        diagnostics.Add(SqlSyntaxDiagnostics.UnknownCharacter(At(position, length), text.Substring(position, length)));
        position += length;
        return null;
    }

    private TokenKind? ReadForeignOperator(string foreign, TokenKind? kind, string help)
    {
        int start = position;
        position += foreign.Length;
        while (kind is null && Current == foreign[0])
        {
            position++;
        }

        diagnostics.Add(SqlSyntaxDiagnostics.ForeignOperator(At(start, position - start), text[start..position], help));
        return kind;
    }

    /// <summary><c>||</c> must not be taken for <c>|</c>.</summary>
    private bool At(string sign) =>
        string.CompareOrdinal(text, position, sign, 0, sign.Length) == 0 && !(sign == "|" && Peek(1) == '|');
}
