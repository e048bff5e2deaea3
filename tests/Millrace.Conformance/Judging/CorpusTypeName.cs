using Millrace.Data;

namespace Millrace.Conformance.Judging;

/// <summary>A type as the corpus writes it: field names bare, TIME always TIME(0).</summary>
public static class CorpusTypeName
{
    public static string Of(SqlType type) => Root(type) + (type.IsNullable ? "" : " NOT NULL");

    private static string Root(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Time => "TIME(0)",
        SqlTypeKind.Array => $"ARRAY<{Of(type.Element!)}>",
        SqlTypeKind.Multiset => $"MULTISET<{Of(type.Element!)}>",
        SqlTypeKind.Map => $"MAP<{Of(type.Key!)}, {Of(type.Element!)}>",
        SqlTypeKind.Row => $"ROW<{string.Join(", ", type.Fields.Items.Select(f => $"{f.Name} {Of(f.Type)}"))}>",
        _ => type.Nullable().ToString(),
    };
}
