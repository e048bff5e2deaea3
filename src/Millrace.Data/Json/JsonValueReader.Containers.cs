namespace Millrace.Data.Json;

/// <summary>Objects and arrays, into columns of nested types or skipped.</summary>
internal sealed unsafe partial class JsonValueReader
{
    private JsonFault FromContainer(ref JsonCursor c, DecodeColumn column, int row)
    {
        bool isObject = *c.At == '{';
        switch (column.Kind)
        {
            case DecodeKind.Array when !isObject:
                return ReadArray(ref c, column, row);
            case DecodeKind.Map when isObject:
                return ReadMap(ref c, column, row);
            case DecodeKind.Row when isObject:
                return ReadObject(ref c, column.Fields!, row, out _);
            case DecodeKind.Text:
                JsonFault fault = JsonCompactor.TryCompact(ref c, out byte[] text);
                if (fault == JsonFault.None)
                {
                    ((BytesVector)column.Vector).SetAside(row, text);
                }

                return fault;
            default:
                JsonFault skipped = JsonSkipper.Skip(ref c);
                if (skipped != JsonFault.None)
                {
                    return skipped;
                }

                // Flink takes any token for FALSE that is not true.
                if (column.Kind == DecodeKind.Boolean)
                {
                    column.Booleans[row] = 0;
                    return JsonFault.None;
                }

                return column.Kind == DecodeKind.Null ? Null(column, row) : JsonFault.Type;
        }
    }

    /// <summary>
    /// Reads the keys of interest of an object, at its brace, into a row; keys that it lacks become NULL. As in
    /// Flink, once as many keys of interest have come as there are, duplicates counted, the rest is only checked.
    /// </summary>
    /// <param name="failed">On a fault inside a value, the column it was for.</param>
    public JsonFault ReadObject(ref JsonCursor c, ObjectShape shape, int row, out DecodeColumn? failed)
    {
        failed = null;
        JsonFault fault = c.Enter();
        if (fault != JsonFault.None)
        {
            return fault;
        }

        shape.Begin();
        c.SkipBlanks();
        int count = 0;
        if (!c.TryTake((byte)'}'))
        {
            do
            {
                c.SkipBlanks();
                fault = ReadEntry(ref c, shape, row, ref count, out failed);
                if (fault != JsonFault.None)
                {
                    return fault;
                }

                c.SkipBlanks();
            }
            while (c.TryTake((byte)','));

            if (!c.TryTake((byte)'}'))
            {
                return JsonFault.Syntax;
            }
        }

        c.Depth--;
        ObjectEntries = count;
        return FillMissing(shape, row, out failed);
    }

    /// <summary>How many keys of interest the last object had, duplicates counted.</summary>
    public int ObjectEntries { get; private set; }

    private JsonFault ReadEntry(ref JsonCursor c, ObjectShape shape, int row, ref int count, out DecodeColumn? failed)
    {
        failed = null;
        JsonFault fault = TakeKey(ref c, out ReadOnlySpan<byte> key);
        if (fault != JsonFault.None || !c.TryTakeColon())
        {
            return fault == JsonFault.None ? JsonFault.Syntax : fault;
        }

        int index = count >= shape.Count ? -1 : shape.Find(key);
        if (index < 0)
        {
            return JsonSkipper.Skip(ref c);
        }

        count++;
        bool again = shape.See(index);
        ObjectShape? nested = shape.Nested[index];
        if (nested is not null)
        {
            if (again)
            {
                nested.SetValid(row);
            }

            return ReadNested(ref c, nested, row, out failed);
        }

        failed = shape.Columns[index];
        if (again)
        {
            failed.Vector.SetValid(row);
        }

        fault = Read(ref c, failed, row);
        failed = fault == JsonFault.None ? null : failed;
        return fault;
    }

    // An object on the path to columns. Where it is something else, the columns below it are NULL or the record is bad.
    private JsonFault ReadNested(ref JsonCursor c, ObjectShape shape, int row, out DecodeColumn? failed)
    {
        if (c.Next == '{')
        {
            return ReadObject(ref c, shape, row, out failed);
        }

        bool isNull = c.Next == 'n';
        JsonFault fault = JsonSkipper.Skip(ref c);
        failed = shape.First();
        shape.Begin();
        return fault != JsonFault.None ? fault
            : isNull || forgiving ? FillMissing(shape, row, out failed) : JsonFault.Type;
    }

    private JsonFault TakeKey(ref JsonCursor c, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (c.Next != '"')
        {
            return JsonFault.Syntax;
        }

        JsonFault fault = c.TakeString(out byte* start, out int length, out bool escaped);
        key = new ReadOnlySpan<byte>(start, length);
        if (fault == JsonFault.None && escaped && !TryUnescape(ref key, out _))
        {
            fault = JsonFault.Syntax;
        }

        return fault == JsonFault.Type ? JsonFault.Utf8 : fault;
    }

    private static JsonFault FillMissing(ObjectShape shape, int row, out DecodeColumn? failed)
    {
        failed = null;
        for (int i = 0; i < shape.Count; i++)
        {
            if (shape.WasSeen(i))
            {
                continue;
            }

            JsonFault fault;
            if (shape.Nested[i] is ObjectShape nested)
            {
                nested.Begin();
                fault = FillMissing(nested, row, out failed);
            }
            else
            {
                failed = shape.Columns[i];
                fault = Null(failed, row);
            }

            if (fault != JsonFault.None)
            {
                return fault;
            }
        }

        failed = null;
        return JsonFault.None;
    }

    private JsonFault ReadArray(ref JsonCursor c, DecodeColumn column, int row)
    {
        JsonFault fault = c.Enter();
        ListVector vector = (ListVector)column.Vector;
        int start = vector.ElementCount;
        c.SkipBlanks();
        if (fault == JsonFault.None && !c.TryTake((byte)']'))
        {
            do
            {
                c.SkipBlanks();
                int at = vector.ElementCount++;
                column.Element!.Grow(at + 1);
                fault = Read(ref c, column.Element!, at);
                if (fault != JsonFault.None)
                {
                    return fault;
                }

                c.SkipBlanks();
            }
            while (c.TryTake((byte)','));

            fault = c.TryTake((byte)']') ? JsonFault.None : JsonFault.Syntax;
        }

        c.Depth--;
        column.Starts[row] = start;
        column.Lengths[row] = vector.ElementCount - start;
        return fault;
    }

    private JsonFault ReadMap(ref JsonCursor c, DecodeColumn column, int row)
    {
        JsonFault fault = c.Enter();
        ListVector vector = (ListVector)column.Vector;
        int start = vector.ElementCount;
        MapKeys known = new(start);
        c.SkipBlanks();
        if (fault == JsonFault.None && !c.TryTake((byte)'}'))
        {
            do
            {
                c.SkipBlanks();
                fault = ReadMapEntry(ref c, column, vector, known);
                if (fault != JsonFault.None)
                {
                    return fault;
                }

                c.SkipBlanks();
            }
            while (c.TryTake((byte)','));

            fault = c.TryTake((byte)'}') ? JsonFault.None : JsonFault.Syntax;
        }

        c.Depth--;
        column.Starts[row] = start;
        column.Lengths[row] = vector.ElementCount - start;
        return fault;
    }

    private JsonFault ReadMapEntry(ref JsonCursor c, DecodeColumn column, ListVector vector, MapKeys known)
    {
        JsonFault fault = TakeKey(ref c, out ReadOnlySpan<byte> key);
        if (fault != JsonFault.None || !c.TryTakeColon())
        {
            return fault == JsonFault.None ? JsonFault.Syntax : fault;
        }

        int at = known.Add(key);
        if (at == vector.ElementCount)
        {
            vector.ElementCount++;
            column.Key!.Grow(at + 1);
            column.Element!.Grow(at + 1);
            ((BytesVector)column.Key!.Vector).SetAside(at, key);
        }
        else
        {
            column.Element!.Vector.SetValid(at);
        }

        return Read(ref c, column.Element!, at);
    }
}
