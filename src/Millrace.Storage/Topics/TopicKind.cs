namespace Millrace.Storage.Topics;

/// <summary>Who writes a topic, and with that, what recovery may do to it.</summary>
public enum TopicKind
{
    /// <summary>
    /// Written by commits; every record has a position in the ledger and, once acknowledged, is never lost.
    /// </summary>
    Source,

    /// <summary>
    /// Written by the engine's steps; what no completed step covers is cut, and replay writes it again.
    /// </summary>
    Derived,
}
