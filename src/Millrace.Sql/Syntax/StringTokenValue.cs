using System.Globalization;
using System.Text;

namespace Millrace.Sql.Syntax;

/// <summary>
/// The value of a string token. A backslash is a backslash in <c>'…'</c>; <c>E'…'</c> knows C's escapes,
/// <c>U&amp;'…'</c> four hex digits behind a backslash (<see cref="Unicode"/>), <c>N'…'</c> and <c>_charset'…'</c>
/// are the text itself.  </summary>
internal static class StringTokenValue
{
    public static string Of(string token)
    {
        int quote = token.IndexOf('\'', StringComparison.Ordinal);
        if (quote < 0)
        {
            return token;
        }

        string body = token.Length > quote + 1 && token[^1] == '\'' ? token[(quote + 1)..^1] : token[(quote + 1)..];
        body = body.Replace("''", "'", StringComparison.Ordinal);
        return token[..quote].ToUpperInvariant() switch
        {
            "E" => Escapes(body),
            _ => body,
        };
    }

    /// <summary>
    /// Resolves <c>\00e9</c> (or another escape character); null when the four digits are not there.
    /// </summary>
    public static string? Unicode(string body, char escape)
    {
        StringBuilder text = new();
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] != escape)
            {
                text.Append(body[i]);
            }
            else if (i + 1 < body.Length && body[i + 1] == escape)
            {
                text.Append(escape);
                i++;
            }
            else if (Hex(body, i + 1, 4) is { } code)
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static string Escapes(string body)
    {
        StringBuilder text = new();
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
            {
                text.Append(body[i]);
                continue;
            }

            char next = body[++i];
            if (next == 'u' && Hex(body, i + 1, 4) is { } code)
            {
                text.Append((char)code);
                i += 4;
                continue;
            }

            text.Append(next switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => next });
        }

        return text.ToString();
    }

    /// <summary>A code of so many hex digits. As in Calcite a plus sign may stand for the first: six-digit escapes do
    /// not exist.</summary>
    private static int? Hex(string text, int start, int digits)
    {
        if (start + digits > text.Length)
        {
            return null;
        }

        ReadOnlySpan<char> code = text.AsSpan(start, digits);
        code = code[0] == '+' ? code[1..] : code;
        return int.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value
            : null;
    }
}
