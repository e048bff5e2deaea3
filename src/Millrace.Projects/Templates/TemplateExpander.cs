using System.Text;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>
/// Expands the templates of a model's SQL. Tables become quoted names; variables and environment variables their text;
/// the parts of an <c>{% if %}</c> that do not apply vanish, and what they name does not count.
/// </summary>
internal sealed class TemplateExpander
{
    private readonly YamlScalar scalar;
    private readonly IReadOnlyDictionary<string, string> vars;
    private readonly ReaderContext context;
    private readonly StringBuilder text = new();
    private readonly List<ExpandedSql.Piece> pieces = [];
    private readonly List<TableReference> references = [];
    private readonly Stack<Branch> branches = new();

    private TemplateExpander(YamlScalar scalar, IReadOnlyDictionary<string, string> vars, ReaderContext context)
    {
        this.scalar = scalar;
        this.vars = vars;
        this.context = context;
    }

    private bool IsActive => branches.Count == 0 || branches.Peek().IsActive;

    public static ExpandedSql Expand(YamlScalar scalar, IReadOnlyDictionary<string, string> vars, ReaderContext context)
    {
        TemplateExpander expander = new(scalar, vars, context);
        foreach (TemplateToken token in TemplateScanner.Scan(scalar, context.Diagnostics))
        {
            expander.Expand(token);
        }

        foreach (Branch open in expander.branches)
        {
            context.Diagnostics.Add(TemplateDiagnostics.NoEndIf(open.Location));
        }

        return new ExpandedSql(scalar, expander.text.ToString(), expander.pieces, expander.references);
    }

    /// <summary>A table's name as SQL reads it.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private void Expand(TemplateToken token)
    {
        if (token.Kind == TemplateTokenKind.Statement)
        {
            Statement(token);
        }
        else if (!IsActive)
        {
            return;
        }
        else if (token.Kind == TemplateTokenKind.Text)
        {
            Append(scalar.Value.Substring(token.Span.Start, token.Span.Length), token.Span, isVerbatim: true);
        }
        else if (token.Kind == TemplateTokenKind.Output)
        {
            Output(token);
        }
        else if (token.Kind == TemplateTokenKind.Variable)
        {
            Variable(token);
        }
    }

    private void Output(TemplateToken token)
    {
        TemplateExpression expression = new(scalar, token.Inner, vars, context.Diagnostics);
        if (expression.Output(out string? value) is { } table)
        {
            references.Add(table);
            value = Quote(table.Name);
        }

        Append(value ?? "", token.Span, isVerbatim: false);
    }

    private void Variable(TemplateToken token)
    {
        string name = scalar.Value.Substring(token.Inner.Start, token.Inner.Length);
        if (context.Variables.Find(name) is { } value)
        {
            Append(value, token.Span, isVerbatim: false);
        }
        else
        {
            context.Diagnostics.Add(YamlDiagnostics.UnsetVariable(scalar.LocationOf(token.Span), name));
        }
    }

    private void Statement(TemplateToken token)
    {
        TemplateExpression expression = new(scalar, token.Inner, vars, context.Diagnostics);
        TemplateWord word = expression.TakeWord();
        Location at = scalar.LocationOf(token.Span);
        if (word.Is("if"))
        {
            bool outer = IsActive;
            bool holds = outer && expression.Condition();
            branches.Push(new Branch(at, outer, holds, holds));
        }
        else if (!word.Is("elif") && !word.Is("else") && !word.Is("endif"))
        {
            context.Diagnostics.Add(TemplateDiagnostics.UnknownStatement(at, word.Value));
        }
        else if (!branches.TryPop(out Branch branch))
        {
            context.Diagnostics.Add(TemplateDiagnostics.NoIf(at, word.Value));
        }
        else if (!word.Is("endif"))
        {
            bool open = branch.IsOuterActive && !branch.IsDone;
            bool holds = open && (word.Is("else") || expression.Condition());
            branches.Push(branch with { IsActive = holds, IsDone = branch.IsDone || holds });
        }
    }

    private void Append(string value, TextSpan origin, bool isVerbatim)
    {
        pieces.Add(new ExpandedSql.Piece(text.Length, value.Length, origin, isVerbatim));
        text.Append(value);
    }

    /// <summary>An open <c>{% if %}</c>.</summary>
    private readonly record struct Branch(Location Location, bool IsOuterActive, bool IsActive, bool IsDone);
}
