namespace Millrace.Projects;

/// <summary>What changed in the tables seen so far, so that a change downstream can name its root.</summary>
internal sealed class Causes
{
    private readonly Dictionary<PartSource, string> causes = [];

    /// <param name="table">The table.</param>
    /// <param name="column">The column whose values changed; empty for the rows.</param>
    /// <param name="cause">What changed, as a clause.</param>
    public void Add(string table, string column, string cause) =>
        causes.TryAdd(new PartSource(table, column), cause);

    /// <summary>The first cause among these, or null when none of them changed.</summary>
    public string? Of(IReadOnlyList<PartSource> sources) =>
        sources.Select(s => causes.GetValueOrDefault(s)).FirstOrDefault(c => c is not null);
}
