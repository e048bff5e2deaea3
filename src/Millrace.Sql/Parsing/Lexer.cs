using Millrace.Diagnostics;
using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <summary>
/// Cuts a text into tokens, losing nothing: what no token can be made of is reported and becomes trivia. The rules
/// are those of Calcite's JAVA lex, which Flink uses: back-quoted names, case kept, doubled quotes in texts, no
/// escape by backslash.  </summary>
internal sealed partial class Lexer(SourceText source, DiagnosticBag diagnostics)
{
    private readonly string text = source.Text;
    private readonly List<SyntaxTrivia> trivia = [];
    private int position;

    private char Current => Peek(0);

    public static IReadOnlyList<SyntaxToken> Lex(SourceText source, DiagnosticBag diagnostics)
    {
        Lexer lexer = new(source, diagnostics);
        List<SyntaxToken> tokens = [];
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.EndOfFile);
        return tokens;
    }

    private SyntaxToken Next()
    {
        while (true)
        {
            ReadTrivia();
            int start = position;
            if (position == text.Length)
            {
                return Token(TokenKind.EndOfFile, start);
            }

            if (ReadToken() is { } kind)
            {
                return Token(kind, start);
            }

            trivia.Add(new SyntaxTrivia(TriviaKind.Skipped, text[start..position]));
        }
    }

    private SyntaxToken Token(TokenKind kind, int start)
    {
        SyntaxToken token = new(kind, text[start..position], start, trivia.Count == 0 ? [] : [.. trivia]);
        trivia.Clear();
        return token;
    }

    /// <summary>
    /// Advances behind the next token. Null: no token; reported, and what was passed is to be skipped.
    /// </summary>
    private TokenKind? ReadToken()
    {
        char c = Current;
        if (TextPrefixLength() is { } prefix)
        {
            return ReadText(prefix);
        }

        if (IsNameStart(c))
        {
            return ReadWord();
        }

        if (IsDigit(c) || (c == '.' && IsDigit(Peek(1))))
        {
            return ReadNumber();
        }

        return c switch
        {
            '`' => ReadQuotedName(),
            '"' => ReadDoubleQuotedName(),
            '‘' or '’' or '“' or '”' => ReadTypographicText(),
            '/' when Peek(1) == '*' && Peek(2) == '+' => ReadHint(),
            _ => ReadOperator(),
        };
    }

    private TokenKind ReadWord()
    {
        while (IsNamePart(Current))
        {
            position++;
        }

        return TokenKind.Word;
    }

    private void ReadTrivia()
    {
        while (position < text.Length)
        {
            int start = position;
            TriviaKind kind = ReadTriviaPiece();
            if (position == start)
            {
                return;
            }

            trivia.Add(new SyntaxTrivia(kind, text[start..position]));
        }
    }

    private TriviaKind ReadTriviaPiece()
    {
        if ((Current, Peek(1)) is ('-', '-') or ('/', '/'))
        {
            int end = text.AsSpan(position).IndexOfAny('\n', '\r');
            position = end < 0 ? text.Length : position + end;
            return TriviaKind.LineComment;
        }

        if (Current == '/' && Peek(1) == '*' && Peek(2) != '+')
        {
            ReadBlockComment();
            return TriviaKind.BlockComment;
        }

        while (position < text.Length && IsBlank(Current))
        {
            position++;
        }

        return TriviaKind.Whitespace;
    }

    private void ReadBlockComment()
    {
        int start = position;
        int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        position = end < 0 ? text.Length : end + 2;
        if (end < 0)
        {
            diagnostics.Add(SqlSyntaxDiagnostics.UnclosedComment(At(start, 2)));
        }
    }

    private TokenKind? ReadHint()
    {
        int start = position;
        ReadBlockComment();
        return position - start >= 5 && text[position - 1] == '/' ? TokenKind.Hint : null;
    }

    private char Peek(int ahead) => position + ahead < text.Length ? text[position + ahead] : '\0';

    private Location At(int start, int length) => new(source, new TextSpan(start, length));

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u000b' or '\ufeff' or '\u00a0';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsNameStart(char c) => c is '_' or '$' || char.IsLetter(c);

    private static bool IsNamePart(char c) => IsNameStart(c) || IsDigit(c);
}
