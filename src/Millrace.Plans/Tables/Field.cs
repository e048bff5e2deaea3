using Millrace.Data;

namespace Millrace.Plans;

/// <summary>A source's column whose type nobody declared: where a value with an inferred type comes from.</summary>
public sealed record ColumnOrigin(string Source, string Column)
{
    public override string ToString() => $"{Source}.{Column}";
}

/// <summary>
/// An output column of a plan node. <see cref="IsTimeAttribute"/>: the column is a row time, on which windows and joins
/// may be built. <see cref="Origin"/>: the value is, unchanged, that source column's, whose type is still open: a use
/// of it may decide it.
/// </summary>
public sealed record Field(string Name, SqlType Type, bool IsTimeAttribute = false, ColumnOrigin? Origin = null)
{
    public override string ToString() => $"{Name} {Type}{(IsTimeAttribute ? " *ROWTIME*" : "")}";
}
