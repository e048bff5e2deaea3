using Millrace.Conformance.Answers;
using Millrace.Conformance.Judging;
using Millrace.Conformance.Reports;
using Xunit;
using Xunit.Abstractions;

namespace Millrace.Conformance;

/// <summary>The whole corpus: what a real Flink answered, asked of the real compiler and engine.</summary>
public class CorpusTests(ITestOutputHelper output)
{
    [CorpusFact]
    public void Nothing_differs_from_the_recorded_answers()
    {
        string corpus = Checkout.Corpus()!;
        List<FileReport> reports = [.. Report.Run(
            Path.Combine(corpus, "cases"), Path.Combine(corpus, "expected"), null,
            new MillraceAnswerer(), Checkout.Differences())];
        StringWriter text = new();
        reports.ForEach(r => Report.WriteLine(r, text));
        Tally tally = Tally.Of(reports.SelectMany(r => r.Answers));
        output.WriteLine($"{text}{tally}");
        Assert.True(tally.Differ == 0, $"{text}{tally}");
        Assert.True(tally.Agree > 0, "the corpus holds questions that Millrace answers");
    }

    /// <summary>A row of docs/differences.md that covers nothing any more is to be deleted.</summary>
    [CorpusFact]
    public void Every_documented_difference_is_one()
    {
        string corpus = Checkout.Corpus()!;
        List<(string File, JudgedAnswer Answer)> differing = [.. Report.Run(
            Path.Combine(corpus, "cases"), Path.Combine(corpus, "expected"), null, new MillraceAnswerer(),
            Differences.None)
            .SelectMany(r => r.Answers.Select(a => (r.File, a)))
            .Where(a => a.a.Verdict.Judgement is Judgement.Differ or Judgement.Documented)];
        Assert.All(Checkout.Differences().Rows, d => Assert.True(
            differing.Exists(a => d.Covers(a.File, a.Answer.Case, a.Answer.Part, a.Answer.Verdict.Detail)),
            $"docs/differences.md: {d.File} {d.Case} {d.Expression} does not differ; delete the row"));
    }
}
