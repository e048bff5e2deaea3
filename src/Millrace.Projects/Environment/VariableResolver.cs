using System.Text;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Replaces each <c>${NAME}</c> in a scalar.</summary>
internal static class VariableResolver
{
    /// <summary>The length of the <c>${NAME}</c> that begins at a <c>${</c>, or 0 when no name and brace
    /// follow.</summary>
    public static int LengthAt(string text, int start)
    {
        int end = start + 2;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end > start + 2 && end < text.Length && text[end] == '}' ? end + 1 - start : 0;
    }

    public static LateText Resolve(YamlScalar scalar, EnvironmentVariables variables, DiagnosticBag diagnostics)
    {
        string value = scalar.Value;
        StringBuilder text = new();
        List<string> missing = [];
        bool isBad = false;
        int from = 0;
        for (int at; (at = value.IndexOf("${", from, StringComparison.Ordinal)) >= 0;)
        {
            text.Append(value, from, at - from);
            int length = LengthAt(value, at);
            if (length == 0)
            {
                diagnostics.Add(YamlDiagnostics.BadVariable(scalar.LocationOf(new TextSpan(at, 2))));
                length = 2;
                isBad = true;
            }
            else if (variables.Find(value[(at + 2)..(at + length - 1)]) is { } found)
            {
                text.Append(found);
            }
            else
            {
                missing.Add(value[(at + 2)..(at + length - 1)]);
            }

            from = at + length;
        }

        text.Append(value, from, value.Length - from);
        return new LateText(missing.Count == 0 && !isBad ? text.ToString() : null, missing, scalar.Location);
    }
}
