namespace Millrace.Data.Json;

/// <summary>
/// Steps over a value of no interest, checking that it is well-formed. Not recursive: a bit per open container.
/// </summary>
internal static unsafe class JsonSkipper
{
    public static JsonFault Skip(ref JsonCursor c) =>
        c.Next is (byte)'{' or (byte)'[' ? SkipContainer(ref c) : SkipScalar(ref c);

    public static JsonFault SkipScalar(ref JsonCursor c)
    {
        switch (c.Next)
        {
            case (byte)'"':
                return c.SkipString();
            case (byte)'t':
                return c.TryTakeLiteral("true"u8) ? JsonFault.None : JsonFault.Syntax;
            case (byte)'f':
                return c.TryTakeLiteral("false"u8) ? JsonFault.None : JsonFault.Syntax;
            case (byte)'n':
                return c.TryTakeLiteral("null"u8) ? JsonFault.None : JsonFault.Syntax;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return c.TakeNumber(out _);
            default:
                return JsonFault.Syntax;
        }
    }

    private static JsonFault SkipContainer(ref JsonCursor c)
    {
        Span<ulong> isObject = stackalloc ulong[(c.MaxDepth >> 6) + 1];
        int floor = c.Depth;
        JsonFault fault;
        do
        {
            fault = OpenOrSkip(ref c, isObject);
            while (fault == JsonFault.None && c.Depth > floor && TryClose(ref c, isObject))
            {
            }

            if (fault == JsonFault.None && c.Depth > floor)
            {
                fault = Separate(ref c, InObject(isObject, c.Depth));
            }
        }
        while (fault == JsonFault.None && c.Depth > floor);
        return fault;
    }

    /// <summary>
    /// A value: a scalar whole, of a container the bracket and, unless it is empty, what precedes its first value.
    /// </summary>
    private static JsonFault OpenOrSkip(ref JsonCursor c, Span<ulong> isObject)
    {
        while (c.Next is (byte)'{' or (byte)'[')
        {
            bool asObject = *c.At == '{';
            JsonFault fault = c.Enter();
            if (fault != JsonFault.None)
            {
                return fault;
            }

            ulong bit = 1UL << c.Depth;
            isObject[c.Depth >> 6] = asObject ? isObject[c.Depth >> 6] | bit : isObject[c.Depth >> 6] & ~bit;
            c.SkipBlanks();
            if (c.Next == (asObject ? (byte)'}' : (byte)']'))
            {
                return JsonFault.None;
            }

            fault = asObject ? SkipKey(ref c) : JsonFault.None;
            if (fault != JsonFault.None)
            {
                return fault;
            }
        }

        return SkipScalar(ref c);
    }

    private static bool TryClose(ref JsonCursor c, Span<ulong> isObject)
    {
        c.SkipBlanks();
        if (!c.TryTake(InObject(isObject, c.Depth) ? (byte)'}' : (byte)']'))
        {
            return false;
        }

        c.Depth--;
        return true;
    }

    private static JsonFault Separate(ref JsonCursor c, bool inObject)
    {
        if (!c.TryTake((byte)','))
        {
            return JsonFault.Syntax;
        }

        c.SkipBlanks();
        return inObject ? SkipKey(ref c) : JsonFault.None;
    }

    private static JsonFault SkipKey(ref JsonCursor c)
    {
        JsonFault fault = c.Next == '"' ? c.SkipString() : JsonFault.Syntax;
        return fault != JsonFault.None ? fault : c.TryTakeColon() ? JsonFault.None : JsonFault.Syntax;
    }

    private static bool InObject(Span<ulong> isObject, int depth) => (isObject[depth >> 6] >> depth & 1) != 0;
}
