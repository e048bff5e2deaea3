using Millrace.Data;
using Millrace.Engine;
using Millrace.Plans;

namespace Millrace.Testing.Tables;

/// <summary>A column as a test declares it: a name and a type as SQL writes it.</summary>
public sealed record ColumnText(string Name, string Type);

/// <summary>A table as a test declares it, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="Watermark">A watermark expression, see <see cref="WatermarkText"/>; or null.</param>
/// <param name="VersionKey">The key columns of a versioned table; empty for a stream.</param>
/// <param name="VersionTime">The version time of a versioned table; null means the record's timestamp.</param>
/// <param name="IsLatestOnly">Whether a version older than the newest of its key is none.</param>
/// <param name="MeetsNullKeys">Whether a NULL in the key of a versioned table meets a NULL.</param>
/// <param name="Partitions">How many partitions the topic has.</param>
/// <param name="DedupKey">The column by which repeated records are known; null to keep them.</param>
/// <param name="DedupMs">For how long.</param>
public sealed record TableText(
    string Name,
    IReadOnlyList<ColumnText> Columns,
    string? Watermark = null,
    IReadOnlyList<string>? VersionKey = null,
    string? VersionTime = null,
    bool IsLatestOnly = true,
    bool MeetsNullKeys = false,
    int Partitions = 1,
    string? DedupKey = null,
    long DedupMs = 0)
{
    /// <summary>The table, or what is wrong with its declaration.</summary>
    /// <param name="parseType">Reads a type as SQL writes it; null when it is none or one without storage.</param>
    public (TestTable? Table, string? Problem) Build(Func<string, SqlType?> parseType)
    {
        List<Field> fields = [];
        foreach (ColumnText column in Columns)
        {
            if (parseType(column.Type) is not { } type)
            {
                return (null, $"column {column.Name}: no type {column.Type} here");
            }

            fields.Add(new Field(column.Name, type));
        }

        return Build(fields);
    }

    private (TestTable? Table, string? Problem) Build(List<Field> fields)
    {
        WatermarkRule? rule = null;
        if (Watermark is { } text)
        {
            if (WatermarkText.Parse(text) is not { } parsed || IndexOf(parsed.Column) is not (>= 0 and int column))
            {
                return (null, $"no watermark {text} here");
            }

            rule = new WatermarkRule(column, parsed.DelayMs);
            fields[column] = fields[column] with { IsTimeAttribute = true };
        }

        Versioning? versioning = VersionKey is { Count: > 0 } key
            ? new Versioning(
                [.. key.Select(IndexOf)],
                VersionTime is { } time ? IndexOf(time) : null,
                IsLatestOnly,
                MeetsNullKeys)
            : null;
        TableDefinition definition = new(Name, fields, rule, versioning);
        Schema schema = new([.. fields.Select(f => new SchemaColumn(f.Name, f.Type))]);
        return (new TestTable(definition, new TopicSpec(Name, schema, Partitions, IsSource: true)
        {
            Watermark = rule,
            Versioning = versioning,
            Dedup = DedupKey is null ? null : new DedupRule(IndexOf(DedupKey), DedupMs),
        }), null);
    }

    private int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }
}
