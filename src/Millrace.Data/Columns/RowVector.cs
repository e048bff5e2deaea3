using System.Collections.Immutable;

namespace Millrace.Data;

/// <summary>A column of ROWs: one child column per field, each as long as the batch.</summary>
public sealed class RowVector : ColumnVector
{
    private int capacity;

    public RowVector(SqlType type)
        : base(type)
    {
        Fields = [.. type.Fields.Items.Select(f => Create(f.Type))];
    }

    public ImmutableArray<ColumnVector> Fields { get; }

    public override int Capacity => capacity;

    public override void Reset(int rows)
    {
        base.Reset(rows);
        foreach (ColumnVector field in Fields)
        {
            field.Reset(rows);
        }
    }

    internal override void SetValid(int row)
    {
        base.SetValid(row);
        foreach (ColumnVector field in Fields)
        {
            field.SetValid(row);
        }
    }

    public override void EnsureCapacity(int rows)
    {
        capacity = Math.Max(capacity, rows);
        foreach (ColumnVector field in Fields)
        {
            field.EnsureCapacity(rows);
        }
    }
}
