using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What a word of a template's expression is.</summary>
internal enum TemplateWordKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A word of a template's expression. <paramref name="Value"/> is without quotes.</summary>
internal readonly record struct TemplateWord(TemplateWordKind Kind, string Value, TextSpan Span)
{
    public bool Is(string value) => Kind is TemplateWordKind.Name or TemplateWordKind.Symbol && Value == value;
}

/// <summary>Splits the inside of a template into words.</summary>
internal static class TemplateLexer
{
    public static List<TemplateWord> Split(string text, TextSpan inner)
    {
        List<TemplateWord> words = [];
        int at = inner.Start;
        while (at < inner.End)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            TemplateWord word = Word(text, at, inner.End);
            words.Add(word);
            at = word.Span.End;
        }

        words.Add(new TemplateWord(TemplateWordKind.End, "", new TextSpan(inner.End, 0)));
        return words;
    }

    private static TemplateWord Word(string text, int at, int end)
    {
        char c = text[at];
        if (c is '"' or '\'')
        {
            int close = text.IndexOf(c, at + 1, end - at - 1);
            int stop = close < 0 ? end : close;
            return new TemplateWord(
                close < 0 ? TemplateWordKind.Symbol : TemplateWordKind.Text,
                text[(at + 1)..stop],
                TextSpan.FromBounds(at, Math.Min(stop + 1, end)));
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Run(text, at, end, TemplateWordKind.Name, i => char.IsAsciiLetterOrDigit(i) || i == '_');
        }

        if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < end && char.IsAsciiDigit(text[at + 1])))
        {
            return Run(text, at, end, TemplateWordKind.Number, i => char.IsAsciiDigit(i) || i == '.');
        }

        int length = c is '=' or '!' && at + 1 < end && text[at + 1] == '=' ? 2 : 1;
        return new TemplateWord(TemplateWordKind.Symbol, text.Substring(at, length), new TextSpan(at, length));
    }

    private static TemplateWord Run(string text, int at, int end, TemplateWordKind kind, Func<char, bool> belongs)
    {
        int stop = at + 1;
        while (stop < end && belongs(text[stop]))
        {
            stop++;
        }

        return new TemplateWord(kind, text[at..stop], TextSpan.FromBounds(at, stop));
    }
}
