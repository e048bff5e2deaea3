using Millrace.Engine;
using Millrace.Hosting.Graph;

namespace Millrace.Hosting.Bounded;

/// <summary>
/// The files of a bounded run: <c>model.ndjson</c>, <c>model.late.ndjson</c>, <c>source.bad.ndjson</c>, and
/// <c>model.bad.ndjson</c> where a model's rows failed.
/// </summary>
internal sealed class BoundedFiles : IStepOutput, IDisposable
{
    private readonly string folder;
    private readonly Dictionary<string, LineFile> final;
    private readonly Dictionary<string, LineFile> late;
    private readonly Dictionary<string, LineFile> bad;
    private readonly BadRowText text = new();

    public BoundedFiles(string folder, EngineGraph graph)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        final = graph.Models.ToDictionary(m => m.Name, m => Create($"{m.Name}.ndjson"));
        late = graph.Models.ToDictionary(m => m.Name, m => Create($"{m.Name}.late.ndjson"));
        bad = graph.Sources.ToDictionary(s => s.Name, s => Create($"{s.Name}.bad.ndjson"));
    }

    /// <summary>Bad rows of a table.</summary>
    public long BadCount(string table) => bad.TryGetValue(table, out LineFile? file) ? file.Count : 0;

    public void Rows(ModelSpec model, OutputRows rows)
    {
        LineFile file = final[model.Name];
        for (int i = 0; i < rows.Count; i++)
        {
            file.Write(rows.Value(i));
        }
    }

    public void Bad(in BadRow row) => BadOf(row.Topic.Name, row);

    /// <summary>
    /// There is no log here, so a bad record has no partition and no offset, only its position: its place in the input.
    /// </summary>
    public void BadOf(string table, in BadRow row)
    {
        if (!bad.TryGetValue(table, out LineFile? file))
        {
            file = bad[table] = Create($"{table}.bad.ndjson");
        }

        file.Write(text.Bad(row, -1, -1));
    }

    public void Late(in LateRow row) => late[row.Model.Name].Write(text.Late(row));

    public void Dispose()
    {
        foreach (LineFile file in final.Values.Concat(late.Values).Concat(bad.Values))
        {
            file.Dispose();
        }
    }

    private LineFile Create(string name) => new(Path.Combine(folder, name));
}
