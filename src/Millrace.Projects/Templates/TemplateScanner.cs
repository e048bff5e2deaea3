using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Splits SQL into plain text and templates. It knows enough of SQL to leave comments alone (a template that is
/// commented out does nothing) and to see that <c>--</c> inside quotes is no comment. Templates inside quotes count:
/// <c>'{{ var("country") }}'</c>.
/// </summary>
internal sealed class TemplateScanner
{
    private readonly YamlScalar scalar;
    private readonly string text;
    private readonly DiagnosticBag diagnostics;
    private readonly List<TemplateToken> tokens = [];
    private int at;
    private int textStart;
    private char quote;

    private TemplateScanner(YamlScalar scalar, DiagnosticBag diagnostics)
    {
        this.scalar = scalar;
        this.diagnostics = diagnostics;
        text = scalar.Value;
    }

    public static List<TemplateToken> Scan(YamlScalar scalar, DiagnosticBag diagnostics)
    {
        TemplateScanner scanner = new(scalar, diagnostics);
        while (scanner.at < scanner.text.Length)
        {
            scanner.Step();
        }

        scanner.FlushText();
        return scanner.tokens;
    }

    private void Step()
    {
        if (Starts("{{"))
        {
            Bracketed(TemplateTokenKind.Output, "}}");
        }
        else if (Starts("{%"))
        {
            Bracketed(TemplateTokenKind.Statement, "%}");
        }
        else if (Starts("{#"))
        {
            Bracketed(TemplateTokenKind.Comment, "#}");
        }
        else if (Starts("${"))
        {
            Variable();
        }
        else if (quote != '\0')
        {
            quote = text[at] == quote ? '\0' : quote;
            at++;
        }
        else
        {
            Sql();
        }
    }

    private void Sql()
    {
        if (Starts("--") || Starts("//"))
        {
            SkipTo("\n");
        }
        else if (Starts("/*"))
        {
            SkipTo("*/");
        }
        else
        {
            quote = text[at] is '\'' or '`' ? text[at] : '\0';
            at++;
        }
    }

    private void Bracketed(TemplateTokenKind kind, string close)
    {
        int start = at;
        int end = FindClose(at + 2, close, kind != TemplateTokenKind.Comment);
        if (end < 0)
        {
            diagnostics.Add(TemplateDiagnostics.NotClosed(
                scalar.LocationOf(new TextSpan(start, 2)), text.Substring(start, 2), close));
            at = text.Length;
            return;
        }

        FlushText();
        int from = start + 2 < end && text[start + 2] == '-' ? start + 3 : start + 2;
        int to = end > from && text[end - 1] == '-' ? end - 1 : end;
        at = end + 2;
        textStart = at;
        tokens.Add(new TemplateToken(kind, TextSpan.FromBounds(start, at), TextSpan.FromBounds(from, to)));
    }

    private int FindClose(int from, string close, bool hasStrings)
    {
        char inside = '\0';
        for (int i = from; i + 1 < text.Length; i++)
        {
            if (inside != '\0')
            {
                inside = text[i] == inside ? '\0' : inside;
            }
            else if (string.CompareOrdinal(text, i, close, 0, 2) == 0)
            {
                return i;
            }
            else if (hasStrings && (text[i] is '\'' or '"'))
            {
                inside = text[i];
            }
        }

        return -1;
    }

    private void Variable()
    {
        int length = VariableResolver.LengthAt(text, at);
        if (length == 0)
        {
            diagnostics.Add(YamlDiagnostics.BadVariable(scalar.LocationOf(new TextSpan(at, 2))));
            at += 2;
            return;
        }

        FlushText();
        TextSpan span = new(at, length);
        tokens.Add(new TemplateToken(TemplateTokenKind.Variable, span, new TextSpan(at + 2, length - 3)));
        at += length;
        textStart = at;
    }

    private void FlushText()
    {
        if (at > textStart)
        {
            TextSpan span = TextSpan.FromBounds(textStart, at);
            tokens.Add(new TemplateToken(TemplateTokenKind.Text, span, span));
        }
    }

    private void SkipTo(string end)
    {
        int found = text.IndexOf(end, at, StringComparison.Ordinal);
        at = found < 0 ? text.Length : found + end.Length;
    }

    private bool Starts(string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}
