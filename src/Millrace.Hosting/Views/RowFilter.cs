using System.Buffers.Text;
using System.Text.Json;
using System.Text;

namespace Millrace.Hosting.Views;

/// <summary>Whether a column of a row has a value.</summary>
internal sealed class RowFilter(ViewFilter filter)
{
    private readonly byte[] column = Encoding.UTF8.GetBytes(filter.Column);
    private readonly byte[] wanted = Encoding.UTF8.GetBytes(filter.Value);

    public bool Matches(ReadOnlySpan<byte> row)
    {
        RowValue value = RowValue.Find(row, column);
        return !value.IsNull
            && (value.Bytes().SequenceEqual(wanted) || (value.Type == JsonTokenType.Number && IsSameNumber(value.Raw)));
    }

    private bool IsSameNumber(ReadOnlySpan<byte> raw) =>
        Utf8Parser.TryParse(wanted, out decimal asked, out int used) && used == wanted.Length
        && Utf8Parser.TryParse(raw, out decimal found, out used) && used == raw.Length
        && asked == found;
}
