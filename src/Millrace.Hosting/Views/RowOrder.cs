using Millrace.Data;

namespace Millrace.Hosting.Views;

/// <summary>What a row is ordered by: a number or a text, or nothing (NULL).</summary>
internal readonly record struct SortKey(double Number, byte[]? Text)
{
    public bool IsNull => Text is null && double.IsNaN(Number);
}

/// <summary>
/// Orders rows by a column. NULLs last either way; times by their text, which orders as they do once the zone is cut
/// off.
/// </summary>
internal sealed class RowOrder(byte[] column, SqlType type, bool descending) : IComparer<SortKey>
{
    private readonly bool isNumber = type.Kind is SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int
        or SqlTypeKind.BigInt or SqlTypeKind.Float or SqlTypeKind.Double or SqlTypeKind.Decimal;

    private readonly bool isTime = type.Kind is SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz;

    public SortKey KeyOf(ReadOnlySpan<byte> row)
    {
        RowValue value = RowValue.Find(row, column);
        if (value.IsNull)
        {
            return new SortKey(double.NaN, null);
        }

        if (isNumber)
        {
            return new SortKey(value.Number(), null);
        }

        ReadOnlySpan<byte> text = value.Bytes();
        return new SortKey(double.NaN, (isTime ? text.TrimEnd((byte)'Z') : text).ToArray());
    }

    public int Compare(SortKey left, SortKey right)
    {
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull.CompareTo(right.IsNull);
        }

        int order = left.Text is null || right.Text is null
            ? left.Number.CompareTo(right.Number)
            : left.Text.AsSpan().SequenceCompareTo(right.Text);
        return descending ? -order : order;
    }
}
