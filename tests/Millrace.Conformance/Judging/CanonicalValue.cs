using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Data;

namespace Millrace.Conformance.Judging;

/// <summary>
/// A value as a text that is equal for equal values of a type, whichever of the two wrote it: decimals without trailing
/// zeros, floating point by its bits, fractions of a second without trailing zeros, multisets and maps sorted by key.
/// </summary>
public static partial class CanonicalValue
{
    /// <summary>Begins a text that is a floating-point number's.</summary>
    public const string NumberMark = "~";

    private const string Null = "NULL";

    /// <summary>A JSON line whose long doubles have the shortest digits for their value.</summary>
    public static string WithShortDoubles(string line) =>
        LongDouble().Replace(line, m => Bits(Double(m.Groups[1].Value)) + m.Groups[2].Value);

    public static string Of(JsonElement value, SqlType type) =>
        value.ValueKind == JsonValueKind.Null ? Null : type.Kind switch
    {
        SqlTypeKind.Decimal => Decimal(Raw(value)),
        SqlTypeKind.Double => Bits(Double(Raw(value))),
        SqlTypeKind.Float => Bits((float)Double(Raw(value))),
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz or SqlTypeKind.Time => Time(Raw(value)),
        SqlTypeKind.Char or SqlTypeKind.VarChar => Text(Raw(value)),
        SqlTypeKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(e => Of(e, type.Element!)))}]",
        SqlTypeKind.Row => Fields(value, type),
        SqlTypeKind.Map => Entries(value, type.Element!),
        SqlTypeKind.Multiset => Entries(value, SqlType.Int),
        _ => Raw(value),
    };

    /// <summary>A row's values, one behind the other.</summary>
    public static string OfRow(IReadOnlyList<JsonElement> values, IReadOnlyList<SqlType> types) =>
        $"({string.Join(", ", values.Select((v, i) => Of(v, types[i])))})";

    private static string Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Fields(JsonElement value, SqlType type)
    {
        IEnumerable<string> fields = value.EnumerateObject().Select((p, i) => Of(p.Value, type.Fields.Items[i].Type));
        return $"({string.Join(", ", fields)})";
    }

    private static string Entries(JsonElement value, SqlType type)
    {
        IEnumerable<string> entries = value.EnumerateObject().Select(p => $"'{p.Name}'={Of(p.Value, type)}");
        return $"{{{string.Join(", ", entries.Order(StringComparer.Ordinal))}}}";
    }

    /// <summary>Digits and exponent: 1.50 and 15E-1 are both 15E-1.</summary>
    private static string Decimal(string text)
    {
        Match match = DecimalText().Match(text);
        if (!match.Success)
        {
            return $"?{text}";
        }

        int exponent = match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : 0;
        string fraction = match.Groups[2].Value;
        BigInteger digits = BigInteger.Parse(match.Groups[1].Value + fraction, CultureInfo.InvariantCulture);
        exponent -= fraction.Length;
        while (!digits.IsZero && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        return digits.IsZero ? "0" : $"{digits}E{exponent}";
    }

    private static double Double(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Bits(double value) =>
        double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Bits(float value) =>
        float.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(string text)
    {
        string wall = text.TrimEnd('Z').Replace(' ', 'T');
        return wall.Contains('.', StringComparison.Ordinal) ? wall.TrimEnd('0').TrimEnd('.') : wall;
    }

    /// <summary>Texts that are Java's of a double may have other digits for the same number: those of a newer
    /// Java.</summary>
    private static string Text(string text) => IsDoubleText(text)
        ? NumberMark + Bits(Double(text))
        : new StringBuilder("'").Append(text.Replace("'", "''", StringComparison.Ordinal)).Append('\'').ToString();

    private static bool IsDoubleText(string text) =>
        ScientificText().IsMatch(text) || (PlainText().IsMatch(text) && text.Count(char.IsAsciiDigit) > 16);

    [GeneratedRegex(@"^(-?\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$", RegexOptions.None, 1000)]
    private static partial Regex DecimalText();

    [GeneratedRegex(@"^-?\d\.\d{1,17}E-?\d{1,3}$", RegexOptions.None, 1000)]
    private static partial Regex ScientificText();

    [GeneratedRegex(@"^-?\d{1,7}\.\d{1,17}$", RegexOptions.None, 1000)]
    private static partial Regex PlainText();

    [GeneratedRegex(@"(?<=:)(-?\d\.\d+E-?\d+|-?\d{1,7}\.\d{16,17})([,}])", RegexOptions.None, 1000)]
    private static partial Regex LongDouble();
}
