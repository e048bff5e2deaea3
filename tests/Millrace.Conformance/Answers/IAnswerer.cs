using Millrace.Conformance.Corpus;

namespace Millrace.Conformance.Answers;

/// <summary>Who is asked: Millrace, or a made-up one in a test of the runner itself.</summary>
public interface IAnswerer
{
    /// <summary>Answers one query of a case.</summary>
    /// <param name="asked">The case, for its settings and options.</param>
    /// <param name="sql">The query.</param>
    /// <param name="tables">The tables with the rows that are there.</param>
    Answer Ask(CorpusCase asked, string sql, IReadOnlyList<CorpusTable> tables);
}
