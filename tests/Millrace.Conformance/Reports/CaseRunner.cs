using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Corpus;
using Millrace.Conformance.Judging;

namespace Millrace.Conformance.Reports;

/// <summary>A judged answer of a case.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Part">The expression or the line; empty when the case has one answer.</param>
/// <param name="Verdict">The judgement.</param>
public sealed record JudgedAnswer(string Case, string Part, Verdict Verdict);

/// <summary>Asks every question of a case and judges each answer.</summary>
/// <param name="Answerer">Who answers.</param>
/// <param name="Documented">The differences that have a reason.</param>
public sealed record CaseRunner(IAnswerer Answerer, Differences Documented)
{
    public IEnumerable<JudgedAnswer> Run(string file, CorpusCase asked, JsonElement expected) =>
        Ask(asked, expected).Select(a => a with { Verdict = Excuse(file, asked, a) });

    private IEnumerable<JudgedAnswer> Ask(CorpusCase asked, JsonElement expected) => asked.Kind switch
    {
        QuestionKind.Expressions => Expressions(asked, expected),
        QuestionKind.Each => Lines(asked, expected),
        QuestionKind.Encode => [new(asked.Name, "", Judge.Encoded(expected, Whole(asked)))],
        _ => [new(asked.Name, "", Judge.Query(expected, Whole(asked), asked.IsAnyKinds))],
    };

    private Answer Whole(CorpusCase asked) => Answerer.Ask(asked, asked.Query, asked.Tables);

    private IEnumerable<JudgedAnswer> Expressions(CorpusCase asked, JsonElement expected)
    {
        CorpusTable table = asked.Tables[0];
        JsonElement recorded = expected.GetProperty("expressions");
        for (int i = 0; i < asked.Expressions.Count; i++)
        {
            string expression = asked.Expressions[i];
            Answer answer = Answerer.Ask(asked, $"SELECT {expression} AS e0 FROM `{table.Name}`", [table]);
            yield return new JudgedAnswer(asked.Name, expression, Judge.Expression(recorded[i], answer));
        }
    }

    private IEnumerable<JudgedAnswer> Lines(CorpusCase asked, JsonElement expected)
    {
        JsonElement columns = expected.GetProperty("columns");
        foreach (JsonElement recorded in expected.GetProperty("lines").EnumerateArray())
        {
            string line = recorded.GetProperty("line").GetString()!;
            Answer answer = Answerer.Ask(asked, asked.Query, [asked.Tables[0] with { Rows = line + "\n" }]);
            yield return new JudgedAnswer(asked.Name, line, Judge.Line(columns, recorded, answer));
        }
    }

    private Verdict Excuse(string file, CorpusCase asked, JudgedAnswer answer)
    {
        if (answer.Verdict.Judgement != Judgement.Differ)
        {
            return answer.Verdict;
        }

        string? reason = Documented.ReasonOf(file, answer) ?? asked.Defect;
        return reason is null ? answer.Verdict : new Verdict(Judgement.Documented, reason);
    }
}
