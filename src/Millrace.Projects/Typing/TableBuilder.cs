using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>Makes tables as SQL sees them out of declarations and of what has been inferred so far.</summary>
internal sealed class TableBuilder
{
    public const long DefaultDelayMs = 5000;
    private readonly ColumnTypes types;
    private readonly TimeColumns times;

    public TableBuilder(ColumnTypes types, TimeColumns times)
    {
        this.types = types;
        this.times = times;
    }

    public TableDefinition Source(SourceDefinition source)
    {
        Field[] fields =
        [
            .. source.Columns.Select(c => new ColumnOrigin(source.Name, c.Name)).Select(o => types.Find(o)!).Select(
                c => new Field(c.Origin.Column, c.Type, Origin: IsOpen(c) ? c.Origin : null)),
        ];
        return Table(source, fields);
    }

    /// <summary>A model's topic: the plan's columns. A computed point in time may become the topic's row
    /// time.</summary>
    public TableDefinition Model(ModelDefinition model, PlanNode plan)
    {
        Field[] fields =
        [
            .. plan.Fields.Select(f => f with
            {
                IsTimeAttribute = false,
                Origin = f.Origin ?? (
                    MayBeTime(f.Type) && !f.IsTimeAttribute ? new ColumnOrigin(model.Name, f.Name) : null),
            }),
        ];
        return Table(model, fields, TimeOf(model, plan));
    }

    /// <summary>Whether a column of that type can be a row time.</summary>
    public static bool MayBeTime(SqlType type) => type.IsTimestamp && type.Precision <= 3;

    /// <summary>
    /// The row time of a model's topic: declared, else a computed one that is used, else one passed on.
    /// </summary>
    private string? TimeOf(ModelDefinition model, PlanNode plan) =>
        times.ColumnOf(model.Name) ?? plan.Fields.FirstOrDefault(f => f.IsTimeAttribute)?.Name;

    private TableDefinition Table(TableDeclaration table, Field[] fields, string? time = null)
    {
        time ??= times.ColumnOf(table.Name);
        int column = Array.FindIndex(fields, f => f.Name == time && MayBeTime(f.Type));
        if (column >= 0)
        {
            fields[column] = fields[column] with { IsTimeAttribute = true };
        }

        int key = table.Key is { } said ? Array.FindIndex(fields, f => f.Name == said.Value) : -1;
        return new TableDefinition(
            table.Name,
            fields,
            column < 0 ? null : new WatermarkRule(column, table.EventTime.DelayMs?.Value ?? DefaultDelayMs),
            key < 0 || table is ModelDefinition ? null : new Versioning([key], column < 0 ? null : column),
            IsVersioningInferred: true);
    }

    /// <summary>Uses matter for types that nobody declared, and for points in time: one of them may become the row
    /// time.</summary>
    private static bool IsOpen(TypedColumn column) => !column.IsDeclared || MayBeTime(column.Type);
}
