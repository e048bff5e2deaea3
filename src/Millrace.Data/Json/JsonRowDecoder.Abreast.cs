using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>
/// The fastest way: records that follow a template side by side, one of its steps through all of them before the next.
/// </summary>
/// <remarks>
/// In one record where a key begins is known only when the value before it has ended, so the processor waits for one
/// quote after the other. Records know nothing of each other: what it waits for in one, it does in the next.
/// <code>
/// {"id":"e1","x":"…      step 0 of every record,
/// {"id":"e204","x":"…    then step 1 of every record, each from where its own step 0 ended
/// </code>
/// As many go abreast as have fitted in a row before, so that where records vary hardly any is looked at twice.
/// </remarks>
public sealed unsafe partial class JsonRowDecoder
{
    private const int MostAbreast = 32;

    // How many records in a row have fitted the first template.
    private int fitting;

    /// <summary>Decodes the records from one on that can go abreast; returns how many, 0 where none can.</summary>
    private int TryAbreast(byte* data, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, int from)
    {
        int most = Math.Min(Math.Min(fitting, MostAbreast), starts.Length - from);
        if (most < 2 || lists.Length > 0)
        {
            return 0;
        }

        byte** places = stackalloc byte*[2 * MostAbreast];
        RecordRank rank = new() { At = places, Ends = places + MostAbreast, Row = rows };
        JsonTemplate template = templates[0];
        for (; rank.Count < most; rank.Count++)
        {
            int record = from + rank.Count;
            byte* start = data + starts[record];
            byte* end = start + lengths[record];
            if (end <= start || end + template.Reach > limit
                || !IsText(new ReadOnlySpan<byte>(start, lengths[record])))
            {
                break;
            }

            rank.At[rank.Count] = start;
            rank.Ends[rank.Count] = end;
        }

        return rank.Count < 2 ? 0 : TryRank(template, rank, data, from);
    }

    private int TryRank(JsonTemplate template, in RecordRank rank, byte* data, int from)
    {
        EnsureRows(rank.Count);
        JsonCursor c = NewCursor(data);
        c.Depth = 1;
        isTouched = false;
        if (!TrySteps(template, rank, c))
        {
            fitting = 0;
            if (isTouched)
            {
                rows += rank.Count;
                Rollback(rank.Row);
            }

            return 0;
        }

        for (int i = 0; i < rank.Count; i++)
        {
            records[rows++] = from + i;
        }

        fitting += rank.Count;
        fast += rank.Count;
        streak = 0;
        return rank.Count;
    }

    private bool TrySteps(JsonTemplate template, in RecordRank rank, in JsonCursor c)
    {
        for (int k = 0; k < template.Steps.Length; k++)
        {
            if (!TryStep(template, k, rank, c))
            {
                return false;
            }
        }

        for (int i = 0; i < rank.Count; i++)
        {
            if (!Closes(template, rank.At[i], rank.Ends[i]) || !TryFillMissing(template.Missing, rank.Row + i))
            {
                return false;
            }
        }

        return true;
    }

    // What the loops leave at, the general way takes; they call nothing, so that all they need stays in registers.
    private bool TryStep(JsonTemplate template, int k, in RecordRank rank, in JsonCursor c)
    {
        ref readonly TemplateStep step = ref template.Steps[k];
        bool isShort = step.Rest.Length == 0;
        uint nulls = 0;
        for (int i = 0; i < rank.Count; i++)
        {
            i = !isShort ? i
                : step.Kind == DecodeKind.Text ? TakeTexts(step, rank, i, c.Base, ref nulls)
                : step.Kind == DecodeKind.Skip ? PassTexts(step, rank, i)
                : step.Kind == DecodeKind.Timestamp ? TakeTimestamps(step, rank, i)
                : i;
            if (i < rank.Count && !TryValue(template, k, rank, c, i))
            {
                return false;
            }
        }

        return nulls == 0 || TrySetNulls(step.Column!, rank.Row, nulls);
    }

    // Takes texts of up to a vector and NULLs, in any mixture without a jump that depends on which it is; returns which
    // record comes with anything else.
    private static int TakeTexts(in TemplateStep step, in RecordRank rank, int from, byte* origin, ref uint nulls)
    {
        Vector256<byte> literal = step.Literal;
        (uint mask, int length, int count, uint found) = (step.Mask, step.Length, rank.Count, 0);
        byte** at = rank.At;
        byte** ends = rank.Ends;
        int i = from;
        fixed (int* starts = &step.Column!.Starts[rank.Row], lengths = &step.Column.Lengths[rank.Row])
        {
            for (; i < count; i++)
            {
                byte* value = at[i] + length;
                if (at[i] > ends[i] || !Matches(literal, mask, at[i]))
                {
                    break;
                }

                int text = BitOperations.TrailingZeroCount(JsonCursor.QuotesAndBackslashes(Vector256.Load(value + 1)));
                uint isNull = Unsafe.ReadUnaligned<uint>(value) == Null ? 1u : 0;
                uint isText = (*value == '"' ? 1u : 0) & (value[1 + text] == '"' ? 1u : 0);
                if ((isText | isNull) == 0)
                {
                    break;
                }

                found |= isNull << i;
                starts[i] = (int)(value - origin) + 1;
                lengths[i] = text;
                at[i] = value + Behind(text, isNull);
            }
        }

        nulls |= found;
        return i;
    }

    // The same for texts that nobody reads; of escapes they may have quotes.
    private static int PassTexts(in TemplateStep step, in RecordRank rank, int from)
    {
        Vector256<byte> literal = step.Literal;
        (uint mask, int length, int count) = (step.Mask, step.Length, rank.Count);
        byte** at = rank.At;
        byte** ends = rank.Ends;
        int i = from;
        for (; i < count; i++)
        {
            byte* value = at[i] + length;
            if (at[i] > ends[i] || !Matches(literal, mask, at[i]))
            {
                break;
            }

            uint isNull = Unsafe.ReadUnaligned<uint>(value) == Null ? 1u : 0;
            uint isText = (*value == '"' ? 1u : 0) & FindEnd(value + 1, out int text);
            if ((isText | isNull) == 0)
            {
                break;
            }

            at[i] = value + Behind(text, isNull);
        }

        return i;
    }

    // Timestamps as most producers write them, of the date before.
    private static int TakeTimestamps(in TemplateStep step, in RecordRank rank, int from)
    {
        Vector256<byte> literal = step.Literal;
        (uint mask, int length, int count) = (step.Mask, step.Length, rank.Count);
        byte** at = rank.At;
        byte** ends = rank.Ends;
        ref TimestampReader timestamps = ref step.Column!.Timestamps;
        Span<long> values = step.Column.Longs.AsSpan(rank.Row, count);
        int i = from;
        for (; (uint)i < (uint)values.Length; i++)
        {
            byte* value = at[i] + length;
            if (at[i] > ends[i] || !Matches(literal, mask, at[i]) || *value != '"')
            {
                break;
            }

            int text = BitOperations.TrailingZeroCount(JsonCursor.QuotesAndBackslashes(Vector256.Load(value + 1)));
            if (value[1 + text] != '"' || !timestamps.TryUsual(new ReadOnlySpan<byte>(value + 1, text), out values[i]))
            {
                break;
            }

            at[i] = value + text + 2;
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Matches(Vector256<byte> literal, uint mask, byte* at) =>
        (Vector256.Equals(Vector256.Load(at), literal).ExtractMostSignificantBits() & mask) == mask;

    // What is behind a text of that length and its quotes, or behind "null".
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Behind(int text, uint isNull)
    {
        int behind = text + 2;
        return behind ^ ((behind ^ 4) & -(int)isNull);
    }

    // The first quote that has no backslash before it; 1 where the backslashes up to there all have a quote behind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FindEnd(byte* text, out int length)
    {
        Vector256<byte> bytes = Vector256.Load(text);
        ulong slashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
        ulong quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits()
            | ((text[Vector256<byte>.Count] == '"' ? 1UL : 0) << Vector256<byte>.Count);
        ulong escaped = slashes << 1;
        ulong ends = quotes & ~escaped;
        length = BitOperations.TrailingZeroCount(ends);
        return (ends != 0 ? 1u : 0) & ((escaped & ~quotes & (ends - 1)) == 0 ? 1u : 0);
    }

    private bool TrySetNulls(DecodeColumn column, int row, uint nulls)
    {
        isTouched = true;
        column.Vector.SetNulls(row, nulls);
        return !column.Required;
    }

    // Any value of one record, or none where the record lacks the key.
    private bool TryValue(JsonTemplate template, int k, in RecordRank rank, JsonCursor c, int i)
    {
        ref readonly TemplateStep step = ref template.Steps[k];
        byte* at = rank.At[i];
        if (at > rank.Ends[i])
        {
            return false;
        }

        if (!Matches(step, at))
        {
            return FindNext(template, k, at, rank.Row + i) >= 0;
        }

        c.End = rank.Ends[i];
        return (rank.At[i] = Take(step, c, at + step.Length, rank.Row + i)) != null;
    }

    /// <summary>Records side by side: where each is read next, where it ends, and the row of the first.</summary>
    private struct RecordRank
    {
        public byte** At;
        public byte** Ends;
        public int Count;
        public int Row;
    }
}
