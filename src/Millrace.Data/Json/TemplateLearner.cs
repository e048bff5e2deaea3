namespace Millrace.Data.Json;

/// <summary>Makes a template of a record that has just been decoded, and so is known to be well-formed.</summary>
internal sealed unsafe class TemplateLearner
{
    private const int MostSteps = 256;

    private readonly List<TemplateStep> steps = [];
    private readonly HashSet<DecodeColumn> found = [];
    private readonly byte[] scratch = new byte[1024];
    private bool nested;
    private byte* valueEnd;

    /// <summary>The template, or null where a record has none: no key, too many, one twice.</summary>
    public JsonTemplate? Learn(JsonCursor c, ObjectShape shape, DecodeColumn[] columns)
    {
        steps.Clear();
        found.Clear();
        nested = false;
        valueEnd = c.At;
        c.Depth = 0;
        if (!Walk(ref c, shape) || steps.Count == 0)
        {
            return null;
        }

        return new JsonTemplate(
            [.. steps],
            new ReadOnlySpan<byte>(valueEnd, (int)(c.At - valueEnd)).ToArray(),
            [.. columns.Where(k => !found.Contains(k))],
            canSkip: !nested && HasOneSeparator());
    }

    private bool Walk(ref JsonCursor c, ObjectShape shape)
    {
        c.SkipBlanks();
        c.Enter();
        c.SkipBlanks();
        if (c.TryTake((byte)'}'))
        {
            return false;
        }

        do
        {
            c.SkipBlanks();
            if (!TryEntry(ref c, shape))
            {
                return false;
            }

            c.SkipBlanks();
        }
        while (c.TryTake((byte)','));

        c.Depth--;
        return c.TryTake((byte)'}');
    }

    private bool TryEntry(ref JsonCursor c, ObjectShape shape)
    {
        if (c.TakeString(out byte* start, out int length, out bool escaped) != JsonFault.None
            || length > scratch.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> key = new(start, length);
        if (escaped)
        {
            JsonEscapes.TryUnescape(key, scratch, out length);
            key = scratch.AsSpan(0, length);
        }

        c.TryTakeColon();
        int index = shape.Find(key);
        if (index >= 0 && shape.Nested[index] is ObjectShape below && c.Next == '{')
        {
            nested = true;
            return Walk(ref c, below);
        }

        DecodeColumn? column = index < 0 ? null : shape.Columns[index];
        bool isPathWithoutObject = index >= 0 && column is null;
        if (isPathWithoutObject || steps.Count == MostSteps || (column is not null && !found.Add(column)))
        {
            return false;
        }

        steps.Add(JsonTemplate.Step(new ReadOnlySpan<byte>(valueEnd, (int)(c.At - valueEnd)), column));
        JsonFault fault = JsonSkipper.Skip(ref c);
        valueEnd = c.At;
        return fault == JsonFault.None;
    }

    // What stands before the opening quote must be one byte everywhere, '{' or ',': then a key can follow any other.
    private bool HasOneSeparator() =>
        steps.TrueForAll(s => s.Literal[1] == (byte)'"' && s.Literal[0] is (byte)'{' or (byte)',');
}
