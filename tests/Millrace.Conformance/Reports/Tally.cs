using Millrace.Conformance.Judging;

namespace Millrace.Conformance.Reports;

/// <summary>Counts of judgements; documented differences count as agreement and are told beside it.</summary>
public sealed record Tally(int Agree, int Differ, int NotSupported, int Documented)
{
    public static Tally Of(IEnumerable<JudgedAnswer> answers)
    {
        ILookup<Judgement, JudgedAnswer> by = answers.ToLookup(a => a.Verdict.Judgement);
        int documented = by[Judgement.Documented].Count();
        return new Tally(
            by[Judgement.Agree].Count() + documented, by[Judgement.Differ].Count(), by[Judgement.NotSupported].Count(),
                documented);
    }

    /// <summary><c>N agree, N differ, N not supported</c>.</summary>
    public override string ToString() => $"{Agree} agree, {Differ} differ, {NotSupported} not supported";
}
