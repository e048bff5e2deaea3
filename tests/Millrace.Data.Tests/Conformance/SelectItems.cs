using System.Text.RegularExpressions;

namespace Millrace.Data.Tests.Conformance;

/// <summary>
/// The plain select lists of the decoding corpus: columns, CAST AS STRING, brackets around a text, CHAR_LENGTH.
/// </summary>
internal static partial class SelectItems
{
    /// <summary>Per item the column it reads and how its value looks; null where an item is more than that.</summary>
    public static (string Column, Func<ColumnVector, int, string> Show)[]? Parse(string[] items)
    {
        (string, Func<ColumnVector, int, string>)?[] parsed = [.. items.Select(Parse)];
        return parsed.Any(p => p is null) ? null : [.. parsed.Select(p => p!.Value)];
    }

    public static string[] Split(string select)
    {
        Match match = Select().Match(select);
        return match.Success ? [.. match.Groups[1].Value.Split(',').Select(i => Alias().Replace(i.Trim(), ""))]
            : [select];
    }

    private static (string, Func<ColumnVector, int, string>)? Parse(string item)
    {
        if (Name().IsMatch(item))
        {
            return (item, PlainValue.Of);
        }

        if (Cast().Match(item) is { Success: true } cast)
        {
            return (cast.Groups[1].Value, (v, r) => PlainValue.Quote(PlainValue.Cast(v, r)));
        }

        if (Length().Match(item) is { Success: true } length)
        {
            return (length.Groups[1].Value, (v, r) => v.IsNull(r) ? "null" : $"{((BytesVector)v).Lengths[r]}");
        }

        return Brackets().Match(item) is { Success: true } brackets
            ? (brackets.Groups[1].Value, (v, r) => v.IsNull(r) ? "null" : $"\"[{PlainValue.Of(v, r)[1..^1]}]\"")
            : null;
    }

    [GeneratedRegex(@"^SELECT (.*) FROM t$", RegexOptions.None, 1000)]
    private static partial Regex Select();

    [GeneratedRegex(@" AS \w+$", RegexOptions.None, 1000)]
    private static partial Regex Alias();

    [GeneratedRegex(@"^\w+$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^CAST\((\w+) AS STRING\)$", RegexOptions.None, 1000)]
    private static partial Regex Cast();

    [GeneratedRegex(@"^CHAR_LENGTH\((\w+)\)$", RegexOptions.None, 1000)]
    private static partial Regex Length();

    [GeneratedRegex(@"^'\[' \|\| (\w+) \|\| '\]'$", RegexOptions.None, 1000)]
    private static partial Regex Brackets();
}
