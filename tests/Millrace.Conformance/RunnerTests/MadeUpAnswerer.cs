using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Corpus;
using Millrace.Data;

namespace Millrace.Conformance.RunnerTests;

/// <summary>Answers every question with what a test says.</summary>
internal sealed class MadeUpAnswerer(Func<string, Answer> answer) : IAnswerer
{
    public Answer Ask(CorpusCase asked, string sql, IReadOnlyList<CorpusTable> tables) => answer(sql);

    /// <summary>An answer of one column.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="values">Its values as JSON.</param>
    public static Ran Column(SqlType type, params string[] values) => new(
        [new SchemaColumn("v", type)],
        [.. values.Select(v => (IReadOnlyList<JsonElement>)[JsonDocument.Parse(v).RootElement])],
        [.. values.Select(v => $"{{\"v\":{v}}}")],
        false,
        []);
}
