using System.Globalization;
using System.Text;
using Millrace.Testing.Runs;

namespace Millrace.Testing.Specs;

/// <summary>
/// Reads spec files. A file holds specs, each from a line <c># name</c> on; a spec holds sections and
/// stands alone.
/// <code>
/// # a row for a closed window is late
/// --- table t
/// name STRING
/// ts TIMESTAMP(3)
/// watermark ts - INTERVAL '1' SECOND
/// --- input t
/// {"name":"a","ts":"2020-10-10 00:00:01"}
/// --- sql
/// SELECT name, COUNT(*) AS n FROM t GROUP BY name, TUMBLE(ts, INTERVAL '5' SECOND)
/// --- rows
/// {"name":"a","n":1}
/// </code>
/// Sections: <c>table NAME</c> (a column per line; <c>watermark ..</c>, <c>version key by time</c>, <c>dedup key within
/// n ms</c>, <c>partitions n</c>), <c>input NAME [partition=n] [timestamp=t] [key=text]</c> (a record per line,
/// <c>null</c> deletes the key), <c>clock TIME</c>, <c>restart</c> (here the process is killed, and another one takes
/// over), <c>sql</c>, <c>columns</c>, <c>rows [in order]</c>, <c>late</c>, <c>bad</c>, <c>plan</c>, <c>error</c>, and
/// <c>values</c> (per line <c>expression => TYPE: json | json</c>, or <c>expression => MR0203</c>).
/// Inputs are appended in the order of the sections.
/// </summary>
public static class SpecReader
{
    /// <exception cref="FormatException">The file is not in the format; the message names the line.</exception>
    public static IReadOnlyList<Spec> Read(string path, string text) =>
        [.. SpecOutline.Of(text).Select(o => ReadSpec(path, o))];

    private static Spec ReadSpec(string path, SpecOutline outline)
    {
        Spec spec = new(outline.Name, path, outline.Line, [], "", []);
        foreach (SpecSection section in outline.Sections)
        {
            spec = Add(spec, section);
        }

        return spec;
    }

    private static Spec Add(Spec spec, SpecSection section) => section.Word switch
    {
        "table" => spec with { Tables = [.. spec.Tables, SpecTables.Read(section)] },
        "input" => spec with { Records = [.. spec.Records, .. Inputs(section)] },
        "clock" =>
            spec with { Records = [.. spec.Records, new TestRecord("", null) { ClockMs = Time(section.Arguments) }] },
        "restart" => spec with { Restarts = [.. spec.Restarts, spec.Records.Count] },
        "sql" => spec with { Sql = section.Text },
        "rows" => spec with { Rows = section.Lines, IsOrdered = section.Arguments == "in order" },
        "late" => spec with { Late = section.Lines },
        "bad" => spec with { Bad = section.Lines },
        "columns" => spec with { Columns = section.Lines },
        "plan" => spec with { Plan = section.Text },
        "error" => spec with { Error = section.Text },
        "values" => spec with { Values = [.. SpecValues.Read(section)] },
        _ => throw new FormatException($"{spec.Path}:{section.Line}: no section \"{section.Word}\" in a spec"),
    };

    private static IEnumerable<TestRecord> Inputs(SpecSection section)
    {
        string[] words = section.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> options = words.Skip(1).Select(w => w.Split('=', 2))
            .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        int partition = int.Parse(options.GetValueOrDefault("partition", "0"), CultureInfo.InvariantCulture);
        long timestamp = options.TryGetValue("timestamp", out string? time) ? Time(time) : 0;
        byte[]? key = options.TryGetValue("key", out string? text) ? Encoding.UTF8.GetBytes(text) : null;
        return section.Lines.Select(l => new TestRecord(
            words[0], l == "null" ? null : Encoding.UTF8.GetBytes(l), key, partition, timestamp));
    }

    private static long Time(string text) => DateTimeOffset.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
