namespace Millrace.Data;

/// <summary>What a row of a changelog says, with Flink's names and codes.</summary>
public enum RowKind : byte
{
    Insert,
    UpdateBefore,
    UpdateAfter,
    Delete,
}
