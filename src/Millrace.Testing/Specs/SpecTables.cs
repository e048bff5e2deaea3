using System.Globalization;
using Millrace.Testing.Tables;

namespace Millrace.Testing.Specs;

/// <summary>Reads a <c>table</c> section: <c>name TYPE</c> per line, and lines that begin with watermark, version,
/// dedup, partitions.</summary>
internal static class SpecTables
{
    public static TableText Read(SpecSection section)
    {
        TableText table = new(section.Arguments, []);
        foreach (string line in section.Lines.Where(l => l.Trim().Length > 0))
        {
            string[] halves = line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
            table = halves[0] switch
            {
                "watermark" => table with { Watermark = halves[1] },
                "version" => Versions(table, halves[1]),
                "dedup" => Dedup(table, halves[1]),
                "partitions" => table with { Partitions = int.Parse(halves[1], CultureInfo.InvariantCulture) },
                _ => table with { Columns = [.. table.Columns, new ColumnText(halves[0].Trim('`'), halves[1])] },
            };
        }

        return table;
    }

    /// <summary><c>a within 5000 ms</c>.</summary>
    private static TableText Dedup(TableText table, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return table with { DedupKey = words[0], DedupMs = long.Parse(words[2], CultureInfo.InvariantCulture) };
    }

    /// <summary><c>a, b by ts</c>, or <c>a</c> for versions by the records' timestamps.</summary>
    private static TableText Versions(TableText table, string text)
    {
        string[] halves = text.Split(" by ", 2, StringSplitOptions.TrimEntries);
        return table with
        {
            VersionKey = halves[0].Split(',', StringSplitOptions.TrimEntries),
            VersionTime = halves.Length > 1 ? halves[1] : null,
        };
    }
}
