using Millrace.Data.Numbers;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>
/// Reads one JSON value into one row of a column, by Flink's rules of what each type takes. After a <see
/// cref="JsonFault.Type"/> fault of a scalar the cursor stands behind the value, so that the record can go on without
/// it.
/// </summary>
internal sealed unsafe partial class JsonValueReader
{
    private readonly bool forgiving;
    private readonly bool lenient;
    private byte[] scratch = new byte[256];

    public JsonValueReader(JsonDecodeOptions options)
    {
        forgiving = options.IgnoreParseErrors;
        lenient = options.Timestamps == TimestampStandard.Lenient;
    }

    /// <summary>Reads a value; one that does not fit is NULL where errors are ignored.</summary>
    public JsonFault Read(ref JsonCursor c, DecodeColumn column, int row)
    {
        JsonFault fault = ReadValue(ref c, column, row);
        return fault == JsonFault.Type && forgiving ? Null(column, row) : fault;
    }

    public static JsonFault Null(DecodeColumn column, int row)
    {
        if (column.Required)
        {
            return JsonFault.Null;
        }

        column.SetNull(row);
        return JsonFault.None;
    }

    private JsonFault ReadValue(ref JsonCursor c, DecodeColumn column, int row)
    {
        switch (c.Next)
        {
            case (byte)'"':
                return FromString(ref c, column, row);
            case (byte)'n':
                return c.TryTakeLiteral("null"u8) ? Null(column, row) : JsonFault.Syntax;
            case (byte)'t':
            case (byte)'f':
                return FromBoolean(ref c, column, row);
            case (byte)'{':
            case (byte)'[':
                return FromContainer(ref c, column, row);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                JsonFault fault = c.TakeNumber(out JsonNumber number);
                return fault != JsonFault.None ? fault : FromNumber(ref c, number, column, row);
            default:
                return JsonFault.Syntax;
        }
    }

    private JsonFault FromString(ref JsonCursor c, DecodeColumn column, int row)
    {
        JsonFault fault = c.TakeString(out byte* start, out int length, out bool escaped);
        if (fault != JsonFault.None)
        {
            return fault;
        }

        if (column.Kind == DecodeKind.Text && !escaped)
        {
            column.Starts[row] = (int)(start - c.Base);
            column.Lengths[row] = length;
            return JsonFault.None;
        }

        ReadOnlySpan<byte> text = new(start, length);
        if (escaped && !TryUnescape(ref text, out bool cutOff))
        {
            return cutOff ? JsonFault.Type : JsonFault.Syntax;
        }

        return FromText(text, column, row);
    }

    private bool TryUnescape(ref ReadOnlySpan<byte> text, out bool cutOff)
    {
        if (scratch.Length < text.Length)
        {
            scratch = new byte[text.Length * 2];
        }

        bool ok = JsonEscapes.TryUnescape(text, scratch, out int length);
        cutOff = length < 0;
        text = ok ? scratch.AsSpan(0, length) : default;
        return ok;
    }

    private static JsonFault FromText(ReadOnlySpan<byte> text, DecodeColumn column, int row)
    {
        switch (column.Kind)
        {
            case DecodeKind.Text:
                ((BytesVector)column.Vector).SetAside(row, text);
                return JsonFault.None;
            case DecodeKind.Bytes:
                return Base64Text.Read(text, (BytesVector)column.Vector, row);
            case DecodeKind.Boolean:
                column.Booleans[row] = IsTrue(text) ? (byte)1 : (byte)0;
                return JsonFault.None;
            case DecodeKind.TinyInt or DecodeKind.SmallInt or DecodeKind.Int or DecodeKind.BigInt:
                return Accept(IntegerText.TryParse(text, out long integer) && TrySetInteger(integer, column, row));
            case DecodeKind.Float:
                return Accept(DoubleParser.TryParse(text, out column.Floats[row]));
            case DecodeKind.Double:
                return Accept(DoubleParser.TryParse(text, out column.Doubles[row]));
            case DecodeKind.Decimal:
                SqlType type = column.Type;
                return Decimal(
                    DecimalParser.TryParse(text, type.Precision, type.Scale, out column.Decimals[row]), column, row);
            case DecodeKind.Date:
                return Accept(DateText.TryParse(text, out column.Ints[row]));
            case DecodeKind.Time:
                return Accept(DateText.TryParseTime(text, out column.Ints[row]));
            case DecodeKind.Timestamp:
                return Accept(column.Timestamps.TryRead(text, out column.Longs[row]));
            case DecodeKind.Null:
                return Null(column, row);
            default:
                return JsonFault.Type;
        }
    }

    private static JsonFault FromBoolean(ref JsonCursor c, DecodeColumn column, int row)
    {
        byte* start = c.At;
        if (!c.TryTakeLiteral(*start == 't' ? "true"u8 : "false"u8))
        {
            return JsonFault.Syntax;
        }

        switch (column.Kind)
        {
            case DecodeKind.Boolean:
                column.Booleans[row] = *start == 't' ? (byte)1 : (byte)0;
                return JsonFault.None;
            case DecodeKind.Text:
                column.Starts[row] = (int)(start - c.Base);
                column.Lengths[row] = (int)(c.At - start);
                return JsonFault.None;
            case DecodeKind.Null:
                return Null(column, row);
            default:
                return JsonFault.Type;
        }
    }

    private JsonFault FromNumber(ref JsonCursor c, in JsonNumber number, DecodeColumn column, int row)
    {
        switch (column.Kind)
        {
            case DecodeKind.Text:
                column.Starts[row] = (int)(number.Start - c.Base);
                column.Lengths[row] = number.Length;
                return JsonFault.None;
            case DecodeKind.Boolean:
                column.Booleans[row] = 0;
                return JsonFault.None;
            case DecodeKind.TinyInt or DecodeKind.SmallInt when !number.IsInteger:
                return JsonFault.Type;
            case DecodeKind.TinyInt or DecodeKind.SmallInt or DecodeKind.Int or DecodeKind.BigInt:
                return Accept(NumberValue.TryToInteger(number, column.Kind, out long integer)
                    && TrySetInteger(integer, column, row));
            case DecodeKind.Float:
                column.Floats[row] = NumberValue.ToFloat(number);
                return JsonFault.None;
            case DecodeKind.Double:
                column.Doubles[row] = NumberValue.ToDouble(number);
                return JsonFault.None;
            case DecodeKind.Decimal:
                SqlType type = column.Type;
                return Decimal(
                    NumberValue.ToDecimal(number, type.Precision, type.Scale, out column.Decimals[row]), column, row);
            case DecodeKind.Timestamp when lenient:
                return Accept(TryEpoch(number, column, row));
            case DecodeKind.Null:
                return Null(column, row);
            default:
                return JsonFault.Type;
        }
    }

    private static bool TryEpoch(in JsonNumber number, DecodeColumn column, int row)
    {
        bool ok = LenientTimestamp.TryReadNumber(number.Text, out column.Longs[row], out TimestampForms form);
        column.Timestamps.Seen |= form;
        return ok;
    }

    private static bool TrySetInteger(long value, DecodeColumn column, int row)
    {
        if (column.Kind == DecodeKind.BigInt)
        {
            column.Longs[row] = value;
            return true;
        }

        column.Ints[row] = (int)value;
        return column.Kind switch
        {
            DecodeKind.TinyInt => value == (sbyte)value,
            DecodeKind.SmallInt => value == (short)value,
            _ => value == (int)value,
        };
    }

    private static JsonFault Decimal(DecimalParse result, DecodeColumn column, int row) => result switch
    {
        DecimalParse.Ok => JsonFault.None,
        DecimalParse.Overflow => Null(column, row),
        _ => JsonFault.Type,
    };

    private static JsonFault Accept(bool fits) => fits ? JsonFault.None : JsonFault.Type;

    private static bool IsTrue(ReadOnlySpan<byte> text)
    {
        text = TextTrim.Trim(text);
        return text.Length == 4 && System.Text.Ascii.EqualsIgnoreCase(text, "true"u8);
    }
}
