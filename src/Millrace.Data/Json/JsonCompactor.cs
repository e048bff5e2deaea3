using System.Text;
using Millrace.Data.Numbers;
using Millrace.Data.Text;

namespace Millrace.Data.Json;

/// <summary>
/// An object or array as text, where a STRING is wanted: without blanks, the last of duplicate keys, integers as they
/// are, other numbers through DOUBLE, as Flink's tree of nodes prints them.
/// </summary>
internal static unsafe class JsonCompactor
{
    public static JsonFault TryCompact(ref JsonCursor c, out byte[] text)
    {
        ByteBuffer to = new();
        JsonFault fault = Value(ref c, to);
        text = to.Written.ToArray();
        return fault;
    }

    private static JsonFault Value(ref JsonCursor c, ByteBuffer to)
    {
        switch (c.Next)
        {
            case (byte)'{':
                return Object(ref c, to);
            case (byte)'[':
                return Array(ref c, to);
            case (byte)'"':
                JsonFault fault = TakeText(ref c, out byte[] value);
                JsonString.Append(to, value, escapeSupplementary: false);
                return fault;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return Number(ref c, to);
            default:
                byte* start = c.At;
                JsonFault literal = JsonSkipper.SkipScalar(ref c);
                to.Append(new ReadOnlySpan<byte>(start, (int)(c.At - start)));
                return literal;
        }
    }

    private static JsonFault Array(ref JsonCursor c, ByteBuffer to)
    {
        JsonFault fault = c.Enter();
        to.Append((byte)'[');
        c.SkipBlanks();
        if (fault == JsonFault.None && !c.TryTake((byte)']'))
        {
            bool first = true;
            do
            {
                to.Append(first ? [] : ","u8);
                first = false;
                c.SkipBlanks();
                fault = Value(ref c, to);
                c.SkipBlanks();
            }
            while (fault == JsonFault.None && c.TryTake((byte)','));

            fault = fault == JsonFault.None && !c.TryTake((byte)']') ? JsonFault.Syntax : fault;
        }

        to.Append((byte)']');
        c.Depth--;
        return fault;
    }

    private static JsonFault Object(ref JsonCursor c, ByteBuffer to)
    {
        JsonFault fault = c.Enter();
        OrderedDictionary<string, (byte[] Key, byte[] Value)> entries = [];
        c.SkipBlanks();
        if (fault == JsonFault.None && !c.TryTake((byte)'}'))
        {
            do
            {
                c.SkipBlanks();
                fault = Entry(ref c, entries);
                c.SkipBlanks();
            }
            while (fault == JsonFault.None && c.TryTake((byte)','));

            fault = fault == JsonFault.None && !c.TryTake((byte)'}') ? JsonFault.Syntax : fault;
        }

        c.Depth--;
        to.Append((byte)'{');
        bool first = true;
        foreach ((byte[] key, byte[] value) in entries.Values)
        {
            to.Append(first ? [] : ","u8);
            first = false;
            JsonString.Append(to, key, escapeSupplementary: false);
            to.Append((byte)':');
            to.Append(value);
        }

        to.Append((byte)'}');
        return fault;
    }

    private static JsonFault Entry(ref JsonCursor c, OrderedDictionary<string, (byte[] Key, byte[] Value)> entries)
    {
        JsonFault fault = c.Next == '"' ? TakeText(ref c, out byte[] key) : NoKey(out key);
        if (fault != JsonFault.None || !c.TryTakeColon())
        {
            return fault == JsonFault.None ? JsonFault.Syntax : fault;
        }

        ByteBuffer value = new(32);
        fault = Value(ref c, value);
        entries[Encoding.Latin1.GetString(key)] = (key, value.Written.ToArray());
        return fault;
    }

    private static JsonFault NoKey(out byte[] key)
    {
        key = [];
        return JsonFault.Syntax;
    }

    private static JsonFault Number(ref JsonCursor c, ByteBuffer to)
    {
        JsonFault fault = c.TakeNumber(out JsonNumber number);
        if (fault != JsonFault.None)
        {
            return fault;
        }

        if (number.IsInteger)
        {
            to.Append(number.Significant == 0 ? "0"u8 : number.Text);
            return JsonFault.None;
        }

        double value = NumberValue.ToDouble(number);
        to.Append(double.IsFinite(value) ? [] : "\""u8);
        to.Length += DoubleText.Write(to.Reserve(DoubleText.MaxLength), value);
        to.Append(double.IsFinite(value) ? [] : "\""u8);
        return JsonFault.None;
    }

    // Inside a tree nothing is forgiven: the parser has no value to skip.
    private static JsonFault TakeText(ref JsonCursor c, out byte[] value)
    {
        JsonFault fault = c.TakeString(out byte* start, out int length, out bool escaped);
        value = new ReadOnlySpan<byte>(start, length).ToArray();
        if (fault != JsonFault.None || !escaped)
        {
            return fault == JsonFault.Type ? JsonFault.Utf8 : fault;
        }

        bool ok = JsonEscapes.TryUnescape(value, value, out int unescaped);
        value = ok ? value[..unescaped] : [];
        return ok ? JsonFault.None : JsonFault.Syntax;
    }
}
