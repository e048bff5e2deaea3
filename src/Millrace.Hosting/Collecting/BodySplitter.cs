using System.Text.Json;

namespace Millrace.Hosting.Collecting;

/// <summary>A record within a posted body.</summary>
internal readonly record struct BodySlice(int Start, int Length);

/// <summary>
/// Cuts a posted body into records: a JSON array into its elements, JSON lines into lines, anything else is one record.
/// Never fails: what follows a syntax error within an array is one record, which no decoder will take.
/// </summary>
internal static class BodySplitter
{
    private const int MaxDepth = 64;

    public static void Split(ReadOnlySpan<byte> body, List<BodySlice> records)
    {
        records.Clear();
        ReadOnlySpan<byte> mark = System.Text.Encoding.UTF8.Preamble;
        int from = body.StartsWith(mark) ? mark.Length : 0;
        int at = SkipBlanks(body, from);
        if (at == body.Length)
        {
            return;
        }

        if (body[at] == (byte)'[')
        {
            SplitArray(body, at, records);
        }
        else if (IsOneValue(body[at..]))
        {
            records.Add(Trimmed(body, at, body.Length));
        }
        else
        {
            SplitLines(body, at, records);
        }
    }

    private static void SplitLines(ReadOnlySpan<byte> body, int at, List<BodySlice> records)
    {
        while (at < body.Length)
        {
            int length = body[at..].IndexOf((byte)'\n');
            int end = length < 0 ? body.Length : at + length;
            BodySlice line = Trimmed(body, at, end);
            if (line.Length > 0)
            {
                records.Add(line);
            }

            at = end + 1;
        }
    }

    /// <summary>
    /// A value over several lines; looked at only when the first line does not end as an object does.
    /// </summary>
    private static bool IsOneValue(ReadOnlySpan<byte> body)
    {
        int lineEnd = body.IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            return true;
        }

        if (body[..lineEnd].TrimEnd(" \t\r"u8).EndsWith("}"u8))
        {
            return false;
        }

        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return reader.Read() && reader.TrySkip() && SkipBlanks(body, (int)reader.BytesConsumed) == body.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void SplitArray(ReadOnlySpan<byte> body, int at, List<BodySlice> records)
    {
        Utf8JsonReader reader = new(body[at..], new JsonReaderOptions { MaxDepth = MaxDepth });
        int rest = at + 1;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = at + (int)reader.TokenStartIndex;
                reader.Skip();
                rest = at + (int)reader.BytesConsumed;
                records.Add(new BodySlice(start, rest - start));
            }

            rest = at + (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            // The rest becomes a record of its own, below.
        }

        BodySlice left = Trimmed(body, rest, body.Length);
        if (left.Length > 0)
        {
            records.Add(left);
        }
    }

    private static BodySlice Trimmed(ReadOnlySpan<byte> body, int start, int end)
    {
        start = Math.Min(SkipBlanks(body, start), end);
        while (end > start && IsBlank(body[end - 1]))
        {
            end--;
        }

        return new BodySlice(start, end - start);
    }

    private static int SkipBlanks(ReadOnlySpan<byte> body, int at)
    {
        while (at < body.Length && IsBlank(body[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
