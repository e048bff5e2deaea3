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
            }

            fast++;
            streak = 0;
            return true;
        }

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
        TemplateStep[] steps = template.Steps;
        for (int k = 0; k < steps.Length; k++)
        {
            ref TemplateStep step = ref steps[k];
            if (at > c.End || !Matches(step, at))
            {
                k = at > c.End ? -1 : FindNext(template, k, at);
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

            at += step.Length;
            isTouched = true;
            if (!TakeValue(ref step, ref c, ref at))
            {
                return false;
            }
        }

        ReadOnlySpan<byte> closing = template.Closing;
        return c.End - at >= closing.Length && new ReadOnlySpan<byte>(at, closing.Length).SequenceEqual(closing)
            && TryFillMissing(template.Missing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Matches(in TemplateStep step, byte* at)
    {
        uint equal = Vector256.Equals(Vector256.Load(at), step.Literal).ExtractMostSignificantBits();
        return (equal & step.Mask) == step.Mask && (step.Rest.Length == 0 || MatchesRest(step, at));
    }

    private static bool MatchesRest(in TemplateStep step, byte* at) =>
        new ReadOnlySpan<byte>(at + Vector256<byte>.Count, step.Rest.Length).SequenceEqual(step.Rest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeValue(ref TemplateStep step, ref JsonCursor c, ref byte* at)
    {
        if (*at == '"' && step.Kind is DecodeKind.Text or DecodeKind.Skip or DecodeKind.Timestamp)
        {
            byte* start = at + 1;
            byte* end = start;
            uint found;
            while ((found = JsonCursor.QuotesAndBackslashes(Vector256.Load(end))) == 0)
            {
                end += Vector256<byte>.Count;
                if (end > c.End)
                {
                    return false;
                }
            }

            end += BitOperations.TrailingZeroCount(found);
            if (*end == '"')
            {
                at = end + 1;
                return step.Kind == DecodeKind.Skip
                    || TakePlain(step.Column!, (int)(start - c.Base),
                        new ReadOnlySpan<byte>(start, (int)(end - start)));
            }

            if (step.Kind == DecodeKind.Skip && TrySkipEscaped(ref end, c.End))
            {
                at = end + 1;
                return true;
            }
        }
        else if (Unsafe.ReadUnaligned<uint>(at) == Null)
        {
            at += 4;
            if (step.Column is null)
            {
                return true;
            }

            if (!step.Column.Required)
            {
                step.Column.SetNull(rows);
                return true;
            }

            return false;
        }

        return TakeOther(step.Column, ref c, ref at);
    }

    // From a backslash on to the closing quote; false where an escape is not one of two plain characters.
    private static bool TrySkipEscaped(ref byte* at, byte* end)
    {
        while (at[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'n' or (byte)'t' or (byte)'r' or (byte)'b'
            or (byte)'f')
        {
            at = JsonCursor.FindQuoteOrBackslash(at + 2, end);
            if (at >= end)
            {
                return false;
            }

            if (*at == '"')
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakePlain(DecodeColumn column, int start, ReadOnlySpan<byte> text)
    {
        if (column.Kind == DecodeKind.Text)
        {
            column.Starts[rows] = start;
            column.Lengths[rows] = text.Length;
            return true;
        }

        return column.Timestamps.TryRead(text, out column.Longs[rows]);
    }

    // Anything else goes the general way; what is wrong with it, the full parse finds out.
    private bool TakeOther(DecodeColumn? column, ref JsonCursor c, ref byte* at)
    {
        c.At = at;
        JsonFault fault = column is null ? JsonSkipper.Skip(ref c) : reader.Read(ref c, column, rows);
        at = c.At;
        return fault == JsonFault.None;
    }

    /// <summary>
    /// The step that comes next where the record lacks keys, their columns NULL; the number of steps where it ends
    /// here; -1 where it does not fit.
    /// </summary>
    private int FindNext(JsonTemplate template, int from, byte* at)
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
            if (steps[k].Column is DecodeColumn column && !TryLack(column))
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

    private bool TryLack(DecodeColumn column)
    {
        if (column.Required || options.FailOnMissingField)
        {
            return false;
        }

        column.SetNull(rows);
        return true;
    }

    private bool TryFillMissing(DecodeColumn[] missing)
    {
        foreach (DecodeColumn column in missing)
        {
            if (!TryLack(column))
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
    }
}
