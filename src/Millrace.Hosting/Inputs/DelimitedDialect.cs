using System.Globalization;
using System.Text;

namespace Millrace.Hosting.Inputs;

/// <summary>How the fields of a delimited file are separated and named.</summary>
/// <param name="Delimiter">One ASCII character.</param>
/// <param name="HasQuotes">Whether a field may stand in double quotes (RFC 4180); tab-separated files have
/// none.</param>
/// <param name="HasHeader">Whether the first line names the columns.</param>
/// <param name="Columns">The columns' names.</param>
internal sealed record DelimitedDialect(byte Delimiter, bool HasQuotes, bool HasHeader, IReadOnlyList<string> Columns)
{
    private static readonly byte[] Candidates = ",;\t|"u8.ToArray();

    /// <summary>
    /// Looks at the first line. The delimiter is the candidate that occurs most often; the line is a header when its
    /// fields are names: not empty, not numbers, each once. Given columns win, and a first line that repeats them is
    /// their header.
    /// </summary>
    public static DelimitedDialect Detect(ReadOnlySpan<byte> firstLine, IReadOnlyList<string>? columns)
    {
        if (firstLine.StartsWith(Encoding.UTF8.Preamble))
        {
            firstLine = firstLine[Encoding.UTF8.Preamble.Length..];
        }

        byte delimiter = Candidates[0];
        foreach (byte candidate in Candidates)
        {
            delimiter = firstLine.Count(candidate) > firstLine.Count(delimiter) ? candidate : delimiter;
        }

        bool hasQuotes = delimiter != (byte)'\t';
        string[] fields = Split(Encoding.UTF8.GetString(firstLine), (char)delimiter, hasQuotes);
        if (columns is not null)
        {
            return new(delimiter, hasQuotes, fields.SequenceEqual(columns, StringComparer.Ordinal), columns);
        }

        bool isHeader =
            fields.Distinct(StringComparer.Ordinal).Count() == fields.Length && Array.TrueForAll(fields, IsName);
        return new(delimiter, hasQuotes, isHeader, isHeader ? fields : [.. fields.Select((_, i) => $"column{i + 1}")]);
    }

    private static bool IsName(string field) =>
        field.Length > 0 && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string[] Split(string line, char delimiter, bool hasQuotes)
    {
        string[] fields = line.Split(delimiter);
        return hasQuotes
            ? [.. fields.Select(f => f.Trim().Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal))]
            : fields;
    }
}
