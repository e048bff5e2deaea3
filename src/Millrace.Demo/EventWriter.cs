using System.Runtime.CompilerServices;

namespace Millrace.Demo;

/// <summary>Writes one event of <c>clickstream</c> as a JSON line, spoilt now and then as the options say.</summary>
internal sealed class EventWriter(ShopOptions options, ShopCatalogue catalogue)
{
    private const int MaxEventBytes = 1024;

    private static readonly byte[][] Types =
    [
        "page_view"u8.ToArray(), "click"u8.ToArray(), "search"u8.ToArray(), "add_to_cart"u8.ToArray(),
        "remove_from_cart"u8.ToArray(), "purchase"u8.ToArray(), "scroll"u8.ToArray(),
    ];

    private TimestampWriter timestamps = new();

    public void Write(
        LineBuffer output,
        ShopVisitor visitor,
        ShopAction action,
        int product,
        bool isFirst,
        long number,
        long arrivalMs,
        ref ShopRandom random)
    {
        Span<byte> line = output.Reserve(MaxEventBytes);
        bool isIncomplete = random.Chance(options.IncompleteShare);
        bool lacksSession = isIncomplete && (number & 1) == 0;
        int at = Put(line, 0, "{\"event_id\":"u8);
        at = isIncomplete && !lacksSession
            ? Put(line, at, "null"u8)
            : PutId(line, at, ShopRandom.Mix(options.Seed + (ulong)number));
        at = Put(line, at, lacksSession ? visitor.HeadWithoutSession : visitor.Head);
        at = Put(line, at, Types[(int)action]);
        at = PutPage(line, Put(line, at, "\",\"page_url\":"u8), action, product, ref random);
        at = PutReferrer(line, at, visitor, isFirst, ref random);
        ReadOnlySpan<byte> id = product < 0 ? default : catalogue.ProductFields[product];
        at = PutNullable(line, at, visitor, ",\"product_id\":"u8, id);
        ReadOnlySpan<byte> query =
            action == ShopAction.Search ? ShopVocabulary.Queries[random.Below(ShopVocabulary.Queries.Length)] : default;
        at = PutNullable(line, at, visitor, ",\"search_query\":"u8, query);
        at = Put(line, at, visitor.Tail);
        timestamps.Write(line[at..], EventTime(arrivalMs, ref random));
        at = Put(line, at + TimestampWriter.Length, "\"}"u8);
        output.Commit(random.Chance(options.BadShare) ? Spoil(line, at, ref random) : at);
    }

    private long EventTime(long arrivalMs, ref ShopRandom random)
    {
        long time = arrivalMs - random.Below(options.JitterMs + 1);
        return random.Chance(options.LateShare) ? time - 60_000 - random.Below(3_540_000) : time;
    }

    private int PutPage(Span<byte> line, int at, ShopAction action, int product, ref ShopRandom random)
    {
        if (product >= 0)
        {
            return Put(line, at, catalogue.PageFields[product]);
        }

        if (action == ShopAction.Search)
        {
            return Put(line, at, "\"/search\""u8);
        }

        at = Put(line, at, "\"/c/"u8);
        line[at] = (byte)('0' + random.Below(10));
        line[at + 1] = (byte)'"';
        return at + 2;
    }

    private static int PutReferrer(Span<byte> line, int at, ShopVisitor visitor, bool isFirst, ref ShopRandom random)
    {
        bool hasReferrer = isFirst && random.Chance(0.6);
        return PutNullable(
            line,
            at,
            visitor,
            ",\"referrer_url\":"u8,
            hasReferrer ? ShopVocabulary.Referrers[random.Below(ShopVocabulary.Referrers.Length)] : default);
    }

    private static int PutNullable(
        Span<byte> line, int at, ShopVisitor visitor, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            return Put(line, Put(line, at, name), value);
        }

        return visitor.OmitsNulls ? at : Put(line, Put(line, at, name), "null"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> line, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(line[at..]);
        return at + bytes.Length;
    }

    private static int PutId(Span<byte> line, int at, ulong id)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        line[at] = (byte)'"';
        line[at + 1] = (byte)'e';
        for (int i = 0; i < 16; i++)
        {
            line[at + 2 + i] = digits[(int)(id >> (60 - (i * 4))) & 15];
        }

        line[at + 18] = (byte)'"';
        return at + 19;
    }

    private static int Spoil(Span<byte> line, int length, ref ShopRandom random)
    {
        switch (random.Below(4))
        {
            case 0:
                // Inside the ids, so that no character is cut in two.
                return 40;
            case 1:
                return Put(line, 0, "not json at all"u8);
            case 2:
                return Put(line, length - TimestampWriter.Length - 2, "yesterday\"}"u8);
            default:
                return Put(line, 0, "[\"an\",\"array\"]"u8);
        }
    }
}
