using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <content>Numbers: <c>42</c>, <c>4.2</c>, <c>.5</c>, <c>5.</c>, <c>1e0</c>, <c>1.5E-3</c>.</content>
internal sealed partial class Lexer
{
    private TokenKind ReadNumber()
    {
        int start = position;
        ReadDigits();
        if (Current == '.')
        {
            position++;
            ReadDigits();
        }

        ReadExponent();
        if (IsNameStart(Current))
        {
            ReadWord();
            string found = text[start..position];
            diagnostics.Add(SqlSyntaxDiagnostics.LettersInNumber(At(start, found.Length), found));
        }

        return TokenKind.Number;
    }

    private void ReadExponent()
    {
        if (Current is not ('e' or 'E'))
        {
            return;
        }

        int signs = Peek(1) is '+' or '-' ? 1 : 0;
        if (IsDigit(Peek(1 + signs)))
        {
            position += 1 + signs;
            ReadDigits();
        }
    }

    private void ReadDigits()
    {
        while (IsDigit(Current))
        {
            position++;
        }
    }
}
