using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Reads and evaluates the inside of one template, by recursive descent. Any mistake is reported once and ends the
/// reading.
/// <code>
/// output    = ("source" | "ref") "(" text ")" | var
/// condition = and { "or" and }       and = not { "and" not }       not = "not" not | equal
/// equal     = value [ ("==" | "!=") value ]
/// value     = var | text | number | "true" | "false" | "(" condition ")"
/// var       = "var" "(" text [ "," (text | number | "true" | "false") ] ")"
/// </code>
/// </summary>
internal sealed class TemplateExpression
{
    private const int MaxDepth = 50;
    private readonly YamlScalar scalar;
    private readonly List<TemplateWord> words;
    private readonly IReadOnlyDictionary<string, string> vars;
    private readonly DiagnosticBag diagnostics;
    private int at;
    private int depth;
    private bool failed;

    public TemplateExpression(
        YamlScalar scalar, TextSpan inner, IReadOnlyDictionary<string, string> vars, DiagnosticBag diagnostics)
    {
        this.scalar = scalar;
        this.vars = vars;
        this.diagnostics = diagnostics;
        words = TemplateLexer.Split(scalar.Value, inner);
    }

    private TemplateWord Current => words[Math.Min(at, words.Count - 1)];

    /// <summary>The statement's word, for <c>{% if .. %}</c>: the cursor then stands behind it.</summary>
    public TemplateWord TakeWord() => words[Math.Min(at++, words.Count - 1)];

    /// <summary>A table of <c>{{ source(..) }}</c> or <c>{{ ref(..) }}</c>; or null, with the text of <c>{{ var(..)
    /// }}</c>.</summary>
    public TableReference? Output(out string? text)
    {
        text = null;
        TemplateWord name = Current;
        if (name.Is("source") || name.Is("ref"))
        {
            at++;
            return End(TableCall(name.Is("source")));
        }

        text = name.Kind == TemplateWordKind.Name ? End(Value()) : Fail<string>("source(..), ref(..) or var(..)");
        return null;
    }

    public bool Condition()
    {
        string value = Or();
        return End(value) is { } known && IsTrue(known);
    }

    private TableReference? TableCall(bool isSource)
    {
        Take("(");
        TemplateWord name = Current;
        if (!failed && name.Kind != TemplateWordKind.Text)
        {
            return Fail<TableReference>("a name in quotes");
        }

        at++;
        Take(")");
        return failed ? null : new TableReference(name.Value, isSource, At(name.Span));
    }

    private string Or()
    {
        string value = And();
        while (TryTake("or"))
        {
            value = IsTrue(value) | IsTrue(And()) ? "true" : "false";
        }

        return value;
    }

    private string And()
    {
        string value = Not();
        while (TryTake("and"))
        {
            value = IsTrue(value) & IsTrue(Not()) ? "true" : "false";
        }

        return value;
    }

    private string Not()
    {
        bool negated = false;
        bool any = false;
        while (TryTake("not"))
        {
            (negated, any) = (!negated, true);
        }

        string value = Equal();
        return any ? IsTrue(value) != negated ? "true" : "false" : value;
    }

    private string Equal()
    {
        string left = Value() ?? "";
        bool equal = TryTake("==");
        if (!equal && !TryTake("!="))
        {
            return left;
        }

        return string.Equals(left, Value(), StringComparison.Ordinal) == equal ? "true" : "false";
    }

    private string? Value()
    {
        TemplateWord word = Current;
        at++;
        if (word.Is("("))
        {
            return Parenthesis();
        }

        if (word.Kind is TemplateWordKind.Text or TemplateWordKind.Number || word.Is("true") || word.Is("false"))
        {
            return word.Value;
        }

        at--;
        if (word.Is("var"))
        {
            at++;
            return Var();
        }

        return word.Kind == TemplateWordKind.Name ? Refuse(word) : Fail<string>("a value");
    }

    private string? Parenthesis()
    {
        if (++depth > MaxDepth)
        {
            return Fail<string>("a simpler condition");
        }

        string value = Or();
        Take(")");
        depth--;
        return value;
    }

    private string? Var()
    {
        Take("(");
        TemplateWord name = Current;
        if (!failed && name.Kind != TemplateWordKind.Text)
        {
            return Fail<string>("a name in quotes");
        }

        at++;
        string? otherwise = TryTake(",") ? Default() : null;
        Take(")");
        string? value = failed ? null : vars.GetValueOrDefault(name.Value) ?? otherwise;
        if (value is null && !failed)
        {
            failed = true;
            diagnostics.Add(TemplateDiagnostics.UnknownVar(At(name.Span), name.Value, [.. vars.Keys]));
        }

        return value;
    }

    private string? Default()
    {
        TemplateWord word = Current;
        if (word.Kind is TemplateWordKind.Text or TemplateWordKind.Number || word.Is("true") || word.Is("false"))
        {
            at++;
            return word.Value;
        }

        return Fail<string>("a text in quotes, a number, true or false");
    }

    private string? Refuse(TemplateWord word)
    {
        if (!failed)
        {
            failed = true;
            diagnostics.Add(word.Is("source") || word.Is("ref")
                ? TemplateDiagnostics.NotHere(At(word.Span), word.Value)
                : TemplateDiagnostics.UnknownFunction(At(word.Span), word.Value));
        }

        return null;
    }

    private T? End<T>(T? value)
        where T : class
    {
        if (!failed && Current.Kind != TemplateWordKind.End)
        {
            return Fail<T>("the end");
        }

        return failed ? null : value;
    }

    private void Take(string symbol)
    {
        if (!TryTake(symbol))
        {
            Fail<string>($"\"{symbol}\"");
        }
    }

    private bool TryTake(string word)
    {
        bool taken = !failed && Current.Is(word);
        at += taken ? 1 : 0;
        return taken;
    }

    private T? Fail<T>(string expected)
        where T : class
    {
        if (!failed)
        {
            failed = true;
            diagnostics.Add(TemplateDiagnostics.Expected(At(Current.Span), expected));
        }

        return null;
    }

    private Location At(TextSpan span) => scalar.LocationOf(span);

    private static bool IsTrue(string value) =>
        value is not ("" or "0" or "false" or "False" or "no" or "none" or "null");
}
