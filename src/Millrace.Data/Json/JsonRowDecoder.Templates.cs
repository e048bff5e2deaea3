using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Json;

/// <summary>The fast way: records whose keys come in an order learnt before.</summary>
public sealed unsafe partial class JsonRowDecoder
{
    private const int MostTemplates = 4;
    private const uint Null = 0x6C6C756E;
    private const int PatientFor = 64;

    private readonly TemplateLearner learner = new();
    private readonly List<JsonTemplate> templates = [];
    private long fast;
    private long slow;
    private byte[] padded = [];
    private int patience = 1;
    private int misses;

    // How many records in a row have fitted no template.
    private int streak;

    // Whether the row may hold NULLs or elements of a template that did not fit.
    private bool isTouched;

    /// <summary>
    /// Records read by a learnt key order since the decoder was made, and those that needed a full parse.
    /// </summary>
    public (long Fast, long Slow) ParseCounts => (fast, slow);

    /// <summary>Tries the templates, the one that fitted last first. The cursor is left where it is.</summary>
    private bool TryTemplates(in JsonCursor c)
    {
        // Where orders never repeat, looking for one costs more than it brings: look now and then.
        if (streak > PatientFor && (++streak & 15) != 0)
        {
            return false;
        }

        for (int i = 0; i < templates.Count; i++)
        {
            JsonTemplate template = templates[i];
            isTouched = false;
            if (!TryTemplate(template, c))
            {
                if (isTouched)
                {
                    Rollback(rows);
                }

                continue;
            }

            if (i > 0)
            {
                templates.RemoveAt(i);
                templates.Insert(0, template);
                fitting = 0;
            }

            fitting++;
            fast++;
            streak = 0;
            return true;
        }

        fitting = 0;
        streak++;
        return false;
    }

    private bool TryTemplate(JsonTemplate template, JsonCursor c)
    {
        if (c.End + template.Reach > limit)
        {
            Pad(ref c, template.Reach);
        }

        c.Depth = 1;
        byte* at = c.At;
        byte* end = c.End;
        TemplateStep[] steps = template.Steps;
        for (int k = 0; k < steps.Length; k++)
        {
            ref TemplateStep step = ref steps[k];
            if (at > end || !Matches(step, at))
            {
                k = at > end ? -1 : FindNext(template, k, at, rows);
                if (k < 0)
                {
                    return false;
                }

                if (k == steps.Length)
                {
                    break;
                }

                step = ref steps[k];
            }

            at = Take(step, c, at + step.Length, rows);
            if (at == null)
            {
                return false;
            }
        }

        return Closes(template, at, end) && TryFillMissing(template.Missing, rows);
    }

    private static bool Closes(JsonTemplate template, byte* at, byte* end)
    {
        ReadOnlySpan<byte> closing = template.Closing;
        return end - at >= closing.Length && *at == closing[0]
            && (closing.Length == 1 || new ReadOnlySpan<byte>(at, closing.Length).SequenceEqual(closing));
    }

    // The value of a step; returns what is behind it, or null where it does not fit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Take(in TemplateStep step, in JsonCursor c, byte* at, int row) =>
        *at == '"' && step.Kind is DecodeKind.Text or DecodeKind.Skip or DecodeKind.Timestamp
            ? TakeString(step, c, at, row)
            : TakeOther(step.Column, c, at, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Matches(in TemplateStep step, byte* at)
    {
        uint equal = Vector256.Equals(Vector256.Load(at), step.Literal).ExtractMostSignificantBits();
        return (equal & step.Mask) == step.Mask && (step.Rest.Length == 0 || MatchesRest(step, at));
    }

    private static bool MatchesRest(in TemplateStep step, byte* at) =>
        new ReadOnlySpan<byte>(at + Vector256<byte>.Count, step.Rest.Length).SequenceEqual(step.Rest);

    // No address of a place is taken on the way, so that it stays in a register from value to value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* TakeString(in TemplateStep step, in JsonCursor c, byte* at, int row)
    {
        byte* start = at + 1;
        uint found = JsonCursor.QuotesAndBackslashes(Vector256.Load(start));
        byte* end = found != 0 ? start + BitOperations.TrailingZeroCount(found) : FindFurther(start, c.End);
        if (end == null || *end != '"')
        {
            return step.Kind == DecodeKind.Skip ? SkipEscaped(end, c, at, row) : TakeValue(step.Column, c, at, row);
        }

        if (step.Kind == DecodeKind.Text)
        {
            step.Column!.Starts[row] = (int)(start - c.Base);
            step.Column.Lengths[row] = (int)(end - start);
        }
        else if (step.Kind == DecodeKind.Timestamp)
        {
            ReadOnlySpan<byte> text = new(start, (int)(end - start));
            return step.Column!.Timestamps.TryRead(text, out step.Column.Longs[row]) ? end + 1 : null;
        }

        return end + 1;
    }

    // A string that goes beyond its first vector; null where the record ends in it.
    private static byte* FindFurther(byte* start, byte* end)
    {
        uint found;
        do
        {
            start += Vector256<byte>.Count;
            if (start > end)
            {
                return null;
            }
        }
        while ((found = JsonCursor.QuotesAndBackslashes(Vector256.Load(start))) == 0);

        return start + BitOperations.TrailingZeroCount(found);
    }

    // From a backslash on to behind the closing quote, unless an escape is not one of two plain characters.
    private byte* SkipEscaped(byte* slash, in JsonCursor c, byte* at, int row)
    {
        while (slash != null && slash[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'n' or (byte)'t' or (byte)'r'
            or (byte)'b' or (byte)'f')
        {
            slash = JsonCursor.FindQuoteOrBackslash(slash + 2, c.End);
            if (slash >= c.End)
            {
                return null;
            }

            if (*slash == '"')
            {
                return slash + 1;
            }
        }

        return TakeValue(null, c, at, row);
    }

    private byte* TakeOther(DecodeColumn? column, in JsonCursor c, byte* at, int row)
    {
        if (Unsafe.ReadUnaligned<uint>(at) != Null)
        {
            return TakeValue(column, c, at, row);
        }

        if (column is null)
        {
            return at + 4;
        }

        isTouched = true;
        if (column.Required)
        {
            return null;
        }

        column.SetNull(row);
        return at + 4;
    }

    // Anything else goes the general way; what is wrong with it, the full parse finds out.
    private byte* TakeValue(DecodeColumn? column, JsonCursor c, byte* at, int row)
    {
        c.At = at;
        isTouched = true;
        JsonFault fault = column is null ? JsonSkipper.Skip(ref c) : reader.Read(ref c, column, row);
        return fault == JsonFault.None ? c.At : null;
    }

    /// <summary>
    /// The step that comes next where the record lacks keys, their columns NULL; the number of steps where it ends
    /// here; -1 where it does not fit.
    /// </summary>
    private int FindNext(JsonTemplate template, int from, byte* at, int row)
    {
        TemplateStep[] steps = template.Steps;
        if (!template.CanSkip)
        {
            return -1;
        }

        int next = *at == steps[from].Literal[0] ? Find(steps, from + 1, at)
            : *at == '}' && from > 0 ? steps.Length : -1;
        for (int k = from; k < next; k++)
        {
            isTouched = true;
            if (steps[k].Column is DecodeColumn column && !TryLack(column, row))
            {
                return -1;
            }
        }

        return next;
    }

    // The first byte is '{' or ',' by where the key stands, not by which key it is.
    private static int Find(TemplateStep[] steps, int from, byte* at)
    {
        Vector256<byte> bytes = Vector256.Load(at);
        for (int k = from; k < steps.Length; k++)
        {
            uint equal = Vector256.Equals(bytes, steps[k].Literal).ExtractMostSignificantBits() | 1;
            if ((equal & steps[k].Mask) == steps[k].Mask && (steps[k].Rest.Length == 0 || MatchesRest(steps[k], at)))
            {
                return k;
            }
        }

        return -1;
    }

    private bool TryLack(DecodeColumn column, int row)
    {
        if (column.Required || options.FailOnMissingField)
        {
            return false;
        }

        column.SetNull(row);
        return true;
    }

    private bool TryFillMissing(DecodeColumn[] missing, int row)
    {
        foreach (DecodeColumn column in missing)
        {
            if (!TryLack(column, row))
            {
                return false;
            }
        }

        return true;
    }

    // A record at the buffer's end is copied to where reading on is allowed; offsets still count in the buffer.
    private void Pad(ref JsonCursor c, int reach)
    {
        int length = (int)(c.End - c.At);
        if (padded.Length < length + reach)
        {
            padded = GC.AllocateArray<byte>((length + reach) * 2, pinned: true);
        }

        byte* copy = (byte*)Unsafe.AsPointer(ref padded[0]);
        Unsafe.CopyBlockUnaligned(copy, c.At, (uint)length);
        c.Base = copy - (c.At - c.Base);
        c.At = copy;
        c.End = copy + length;
    }

    // With many key orders about, learning is tried ever more rarely.
    private void Learn(in JsonCursor c)
    {
        slow++;
        if (!options.UseTemplates || ++misses < patience)
        {
            return;
        }

        misses = 0;
        patience = templates.Count < MostTemplates ? patience : Math.Min(patience * 2, 1 << 16);
        JsonTemplate? learnt = learner.Learn(c, shape, columns);
        if (learnt is null || templates.Exists(learnt.IsSameAs))
        {
            patience = Math.Min(patience * 2, 1 << 16);
            return;
        }

        if (templates.Count == MostTemplates)
        {
            templates.RemoveAt(MostTemplates - 1);
        }

        templates.Insert(0, learnt);
        fitting = 0;
    }
}
