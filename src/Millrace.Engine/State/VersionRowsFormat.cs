using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.State;

/// <summary>
/// How the columns of versions' rows stand in snapshots: those that are kept, each as a section, after a head that
/// names them. Who keeps fewer columns passes over the others.
/// </summary>
internal sealed class VersionRowsFormat
{
    private readonly Schema schema;
    private readonly int[] kept;
    private readonly Batch batch;

    // Per column of the snapshot the one here, or -1.
    private int[] targets = [];

    public VersionRowsFormat(Schema schema, bool[] needed)
    {
        this.schema = schema;
        kept = [.. Enumerable.Range(0, needed.Length).Where(c => needed[c])];
        batch = new Batch(schema);
    }

    public void SaveHead(SnapshotWriter head)
    {
        head.Count(kept.Length);
        foreach (int column in kept)
        {
            head.Text(NameOf(column));
        }
    }

    /// <summary>Finds the columns of a snapshot; a kept one that it lacks, or null.</summary>
    public string? LoadHead(ref SnapshotReader head)
    {
        List<string> names = [];
        for (int left = head.Count(); left > 0; left--)
        {
            names.Add(head.Text());
        }

        targets = [.. names.Select(n => Array.FindIndex(kept, c => NameOf(c) == n)).Select(i => i < 0 ? -1 : kept[i])];
        int missing = Array.FindIndex(kept, c => !targets.Contains(c));
        return missing < 0 ? null : NameOf(kept[missing]);
    }

    public void Save(ColumnVector[] columns, ReadOnlySpan<int> rows, SnapshotWriter target)
    {
        target.Count(rows.Length);
        foreach (int column in kept)
        {
            int section = target.BeginSection();
            VectorFormat.Save(columns[column], rows, target);
            target.EndSection(section);
        }
    }

    /// <summary>Reads so many rows; good until the next call.</summary>
    public Batch Load(int rows, ref SnapshotReader source)
    {
        if (source.Count(leastBytes: 0) != rows)
        {
            throw new SnapshotDamagedException("versions and their rows differ in number");
        }

        foreach (int column in targets)
        {
            SnapshotReader section = source.Section();
            if (column >= 0)
            {
                VectorFormat.Load(batch.Columns[column], rows, ref section);
            }
        }

        batch.Count = rows;
        return batch;
    }

    // Columns of one name are told apart by their places.
    private string NameOf(int column)
    {
        SchemaColumn found = schema.Columns[column];
        int twins = schema.Columns.Take(column).Count(c => c.Name == found.Name);
        return $"{found.Name} {found.Type}{(twins > 0 ? $" {twins}" : "")}";
    }
}
