namespace Millrace.Conformance.Judging;

/// <summary>How one answer stands to the recorded one.</summary>
public enum Judgement
{
    Agree,
    Differ,
    NotSupported,

    /// <summary>It differs, and <c>docs/differences.md</c> (or the corpus itself) says why.</summary>
    Documented,
}

/// <summary>A judgement with what there is to say about it.</summary>
public sealed record Verdict(Judgement Judgement, string Detail)
{
    public static readonly Verdict Agree = new(Judgement.Agree, "");

    public static Verdict Differ(string detail) => new(Judgement.Differ, detail);
}
