using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Corpus;
using Millrace.Conformance.Judging;

namespace Millrace.Conformance.Reports;

/// <summary>The judged answers of one file of cases.</summary>
public sealed record FileReport(string File, int Cases, IReadOnlyList<JudgedAnswer> Answers);

/// <summary>Runs files of cases and writes what came of it.</summary>
public static class Report
{
    /// <summary>Runs one file, or every file of a folder; a file without recorded answers is left out and said
    /// so.</summary>
    /// <param name="cases">A <c>.yml</c> file or a folder of them.</param>
    /// <param name="expected">The folder (or file) with the recorded answers of the same names.</param>
    /// <param name="only">Only the cases whose name contains this; null for all.</param>
    /// <param name="answerer">Who answers.</param>
    /// <param name="documented">The differences that have a reason.</param>
    public static IEnumerable<FileReport> Run(
        string cases, string expected, string? only, IAnswerer answerer, Differences documented)
    {
        CaseRunner runner = new(answerer, documented);
        string[] files = File.Exists(cases) ? [cases]
            : [.. Directory.GetFiles(cases, "*.yml").Order(StringComparer.Ordinal)];
        foreach (string path in files)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            string answers = File.Exists(expected) ? expected : Path.Combine(expected, name + ".json");
            using JsonDocument recorded = JsonDocument.Parse(File.ReadAllText(answers));
            List<CorpusCase> asked = [.. CorpusReader.Read(File.ReadAllText(path))
                .Where(c => only is null || c.Name.Contains(only, StringComparison.Ordinal))];
            yield return new FileReport(name, asked.Count,
                [.. asked.SelectMany(c => runner.Run(name, c, recorded.RootElement.GetProperty(c.Name)))]);
        }
    }

    public static void WriteLine(FileReport report, TextWriter to)
    {
        Tally tally = Tally.Of(report.Answers);
        to.WriteLine($"{report.File}: {report.Cases} cases, {report.Answers.Count} answers: {tally}"
            + (tally.Documented > 0 ? $" ({tally.Documented} of the agreeing by documented difference)" : ""));
        foreach (JudgedAnswer answer in report.Answers.Where(a => a.Verdict.Judgement == Judgement.Differ))
        {
            to.WriteLine(
                $"  differs: {answer.Case}{(answer.Part.Length > 0 ? $" [{answer.Part}]" : "")}: "
                    + $"{answer.Verdict.Detail}");
        }
    }

    /// <summary>Writes every answer's judgement as JSON: an array of file, case, part, judgement, detail.</summary>
    public static void WriteJson(IEnumerable<FileReport> reports, Stream to)
    {
        using Utf8JsonWriter json = new(to, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach ((FileReport report, JudgedAnswer answer) in reports.SelectMany(r => r.Answers.Select(a => (r, a))))
        {
            json.WriteStartObject();
            json.WriteString("file", report.File);
            json.WriteString("case", answer.Case);
            json.WriteString("part", answer.Part);
            json.WriteString("judgement", answer.Verdict.Judgement.ToString());
            json.WriteString("detail", answer.Verdict.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
