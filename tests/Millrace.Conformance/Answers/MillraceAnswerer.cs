using Millrace.Conformance.Corpus;

namespace Millrace.Conformance.Answers;

/// <summary>Asks the real compiler and engine.</summary>
public sealed class MillraceAnswerer : IAnswerer
{
    public Answer Ask(CorpusCase asked, string sql, IReadOnlyList<CorpusTable> tables) =>
        new NotSupported("no compiler yet");
}
