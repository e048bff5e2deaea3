using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <content>Texts and quoted names.</content>
internal sealed partial class Lexer
{
    /// <summary>
    /// Characters before the opening quote: <c>'</c>, <c>N'</c>, <c>X'</c>, <c>U&amp;'</c>, <c>_utf8'</c>; null: no
    /// text.
    /// </summary>
    private int? TextPrefixLength()
    {
        if (Current == '\'')
        {
            return 0;
        }

        if (Current is 'n' or 'N' or 'x' or 'X' or 'e' or 'E' && Peek(1) == '\'')
        {
            return 1;
        }

        if (Current is 'u' or 'U' && Peek(1) == '&' && Peek(2) == '\'')
        {
            return 2;
        }

        if (Current != '_')
        {
            return null;
        }

        int length = 1;
        while (IsNamePart(Peek(length)) || Peek(length) == '-')
        {
            length++;
        }

        return Peek(length) == '\'' && length > 1 ? length : null;
    }

    private TokenKind ReadText(int prefix)
    {
        int start = position;
        bool isBinary = prefix == 1 && Current is 'x' or 'X';
        position += prefix;
        if (!ReadQuoted('\''))
        {
            diagnostics.Add(SqlSyntaxDiagnostics.UnclosedText(At(start, prefix + 1)));
        }
        else if (isBinary && !IsHex(text.AsSpan(start + 2, position - start - 3)))
        {
            diagnostics.Add(SqlSyntaxDiagnostics.BadBinaryText(At(start, position - start)));
        }

        return isBinary ? TokenKind.BinaryString : TokenKind.String;
    }

    private TokenKind? ReadQuotedName()
    {
        int start = position;
        if (!ReadQuoted('`'))
        {
            diagnostics.Add(SqlSyntaxDiagnostics.UnclosedName(At(start, 1)));
        }
        else if (position - start == 2)
        {
            diagnostics.Add(SqlSyntaxDiagnostics.EmptyName(At(start, 2)));
        }

        return TokenKind.QuotedName;
    }

    private TokenKind? ReadDoubleQuotedName()
    {
        int start = position;
        if (!ReadQuoted('"'))
        {
            diagnostics.Add(SqlSyntaxDiagnostics.UnclosedName(At(start, 1)));
            return null;
        }

        string body = text[(start + 1)..(position - 1)];
        diagnostics.Add(SqlSyntaxDiagnostics.DoubleQuotes(At(start, position - start), body));
        return body.Length == 0 ? null : TokenKind.DoubleQuotedName;
    }

    /// <summary>Quotes as word processors make them: the text up to the closing one on the same line.</summary>
    private TokenKind? ReadTypographicText()
    {
        int start = position;
        char open = Current;
        int length = text.AsSpan(position + 1).IndexOfAny(open is '‘' or '’' ? "’‘\n" : "”“\n");
        bool isClosed = length >= 0 && text[position + 1 + length] != '\n';
        position = isClosed ? position + length + 2 : position + 1;
        string body = isClosed ? text[(start + 1)..(position - 1)] : "…";
        diagnostics.Add(SqlSyntaxDiagnostics.TypographicQuotes(At(start, position - start), body));
        return isClosed ? TokenKind.String : null;
    }

    /// <summary>Reads from the opening quote to behind the closing one; false at the end of the text.</summary>
    private bool ReadQuoted(char quote)
    {
        position++;
        while (position < text.Length)
        {
            if (Current != quote)
            {
                position++;
            }
            else if (Peek(1) == quote)
            {
                position += 2;
            }
            else
            {
                position++;
                return true;
            }
        }

        return false;
    }

    private static bool IsHex(ReadOnlySpan<char> digits) =>
        digits.Length % 2 == 0 && digits.IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
}
