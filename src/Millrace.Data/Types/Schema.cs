using System.Collections.Immutable;

namespace Millrace.Data;

/// <summary>A column's name and type.</summary>
public sealed record SchemaColumn(string Name, SqlType Type);

/// <summary>The columns of a batch or a topic's rows, in order. Immutable; names are case-sensitive.</summary>
public sealed class Schema
{
    public Schema(ImmutableArray<SchemaColumn> columns)
    {
        Columns = columns;
    }

    public ImmutableArray<SchemaColumn> Columns { get; }

    public int Count => Columns.Length;

    /// <summary>The position of the first column of that name, or -1.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    public override string ToString() => string.Join(", ", Columns.Select(c => $"{c.Name} {c.Type}"));
}
