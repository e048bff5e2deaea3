using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Data.Numbers;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Conformance;

/// <summary>
/// A vector's value as the corpus writes answers, reduced to a text: objects with sorted keys, numbers by value, so
/// that equal texts mean the same answer.
/// </summary>
internal static class PlainValue
{
    public static string Of(ColumnVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return "null";
        }

        byte[] room = new byte[64];
        switch (vector)
        {
            case FixedVector<byte> v:
                return v.Values[row] != 0 ? "true" : "false";
            case FixedVector<int> v when v.Type.Kind == SqlTypeKind.Date:
                return Quote(Encoding.UTF8.GetString(room, 0, DateText.Write(room, v.Values[row])));
            case FixedVector<int> v when v.Type.Kind == SqlTypeKind.Time:
                return Quote(Encoding.UTF8.GetString(room, 0, DateText.WriteTime(room, v.Values[row])));
            case FixedVector<int> v:
                return Number(v.Values[row]);
            case FixedVector<long> v when v.Type.IsTimestamp:
                TimestampText text = default;
                int length = text.Write(room, v.Values[row], TimestampStandard.Iso8601,
                    v.Type.Kind == SqlTypeKind.TimestampLtz);
                return Quote(Encoding.UTF8.GetString(room, 0, length));
            case FixedVector<long> v:
                return Number(v.Values[row]);
            case FixedVector<float> v:
                return Number(v.Values[row]);
            case FixedVector<double> v:
                return Number(v.Values[row]);
            case FixedVector<Int128> v:
                return Number(double.Parse(Cast(vector, row)!, CultureInfo.InvariantCulture));
            case BytesVector v when v.Type.IsBinary:
                return Quote(Convert.ToBase64String(v.Slice(row)));
            case BytesVector v:
                return Quote(Encoding.UTF8.GetString(v.Slice(row)));
            case RowVector v:
                return Object(v.Type.Fields.Items.Select((f, i) => (f.Name, Of(v.Fields[i], row))));
            case ListVector v when v.Values is null:
                return "[" + string.Join(",",
                    Enumerable.Range(v.Starts[row], v.Lengths[row]).Select(i => Of(v.Elements, i))) + "]";
            case ListVector v:
                return Object(Enumerable.Range(v.Starts[row], v.Lengths[row])
                    .Select(i => (Encoding.UTF8.GetString(((BytesVector)v.Elements).Slice(i)), Of(v.Values!, i))));
            default:
                throw new InvalidOperationException(vector.Type.ToString());
        }
    }

    /// <summary>CAST(value AS STRING), null for NULL.</summary>
    public static string? Cast(ColumnVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        byte[] room = new byte[64];
        int length = vector switch
        {
            FixedVector<Int128> v => DecimalText.WritePlain(room, v.Values[row], v.Type.Scale),
            FixedVector<double> v => DoubleText.Write(room, v.Values[row]),
            FixedVector<float> v => DoubleText.Write(room, v.Values[row]),
            FixedVector<long> v when v.Type.IsTimestamp =>
                TimestampText.WriteCast(room, v.Values[row], v.Type.Precision),
            FixedVector<long> v => IntegerText.Write(room, v.Values[row]),
            FixedVector<int> v when v.Type.Kind == SqlTypeKind.Time => DateText.WriteTime(room, v.Values[row]),
            FixedVector<int> v => IntegerText.Write(room, v.Values[row]),
            ListVector => -1,
            _ => throw new InvalidOperationException(vector.Type.ToString()),
        };
        return length >= 0 ? Encoding.UTF8.GetString(room, 0, length) : CastList((ListVector)vector, row);
    }

    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => Number(element.GetDouble()),
        JsonValueKind.String => Quote(element.GetString()!),
        JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Of)) + "]",
        JsonValueKind.Object => Object(element.EnumerateObject().Select(p => (p.Name, Of(p.Value)))),
        _ => element.GetRawText(),
    };

    public static string Quote(string? text) => text is null ? "null" : "\"" + text + "\"";

    private static string CastList(ListVector vector, int row) => "["
        + string.Join(", ", Enumerable.Range(vector.Starts[row], vector.Lengths[row]).Select(i =>
            Cast(vector.Elements, i) ?? "NULL")) + "]";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Object(IEnumerable<(string Key, string Value)> entries) =>
        "{" + string.Join(",", entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{e.Value}"))
            + "}";
}
