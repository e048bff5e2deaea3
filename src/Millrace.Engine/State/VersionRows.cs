using Millrace.Data;

namespace Millrace.Engine.State;

/// <summary>The columns of the versions' rows: grown at the end, compacted when more than half of it is
/// garbage.</summary>
internal sealed class VersionRows
{
    private const int SmallestToCompact = 1024;

    private readonly Schema schema;
    private readonly bool[] needed;
    private VectorAppender?[] appenders;
    private int count;
    private int garbage;

    public VersionRows(Schema schema, bool[] needed)
    {
        this.schema = schema;
        this.needed = needed;
        Columns = [.. schema.Columns.Select(c => ColumnVector.Create(c.Type))];
        appenders = Appenders(Columns);
    }

    public ColumnVector[] Columns { get; private set; }

    public bool IsMostlyGarbage => garbage >= SmallestToCompact && garbage > count / 2;

    public long StateBytes => Columns.Where((_, i) => needed[i]).Sum(VectorBytes.Of);

    public int Add(Batch batch, int row)
    {
        for (int c = 0; c < appenders.Length; c++)
        {
            appenders[c]?.Append(batch.Columns[c], row);
        }

        return count++;
    }

    /// <summary>Says that a row is not needed any more; -1 is no row.</summary>
    public void Remove(int row) => garbage += row >= 0 ? 1 : 0;

    /// <summary>Copies the rows in use to new columns and tells the versions where they are now.</summary>
    public void Compact(Span<Version> versions)
    {
        ColumnVector[] old = Columns;
        Columns = [.. schema.Columns.Select(c => ColumnVector.Create(c.Type))];
        appenders = Appenders(Columns);
        count = 0;
        garbage = 0;
        foreach (ref Version version in versions)
        {
            if (version.Row >= 0)
            {
                for (int c = 0; c < appenders.Length; c++)
                {
                    appenders[c]?.Append(old[c], version.Row);
                }

                version.Row = count++;
            }
        }
    }

    private VectorAppender?[] Appenders(ColumnVector[] columns) =>
        [.. columns.Select((c, i) => needed[i] ? VectorAppender.Create(c) : null)];
}
