namespace Millrace.Plans;

/// <summary>What there is to say about a cast between two types.</summary>
public enum CastSupport
{
    /// <summary>The dialect has it and the engine does it.</summary>
    Supported,

    /// <summary>Flink refuses it when it validates, and so does Millrace.</summary>
    Refused,

    /// <summary>Flink has it, Millrace not yet.</summary>
    NotYet,
}
