using System.Text.Json;
using System.Text;

namespace Millrace.Hosting.Inputs;

/// <summary>
/// Comma-, semicolon-, bar- or tab-separated values (RFC 4180, but for the separator): a record per row, as a JSON
/// object of strings. An empty field is NULL, a quoted empty one an empty text. A row with another number of fields
/// than the header comes as it stands in the file, which no JSON decoder takes: so it ends as a bad record and not as a
/// wrong one.
/// </summary>
internal sealed class DelimitedReader : RecordReader
{
    private readonly ByteWindow window;
    private readonly DelimitedDialect dialect;
    private readonly byte[][] names;
    private readonly JsonText output = new();
    private readonly List<(int Start, int Length, bool IsQuoted)> fields = [];

    private DelimitedReader(ByteWindow window, DelimitedDialect dialect)
    {
        this.window = window;
        this.dialect = dialect;
        names = [.. dialect.Columns.Select(NameOf)];
    }

    public override IReadOnlyList<string> Columns => dialect.Columns;

    public override long BytesRead => window.BytesRead;

    private static byte[] NameOf(string column, int index) =>
        Encoding.UTF8.GetBytes($"{(index == 0 ? "{" : ",")}{JsonSerializer.Serialize(column)}:");

    /// <param name="window">The file's bytes.</param>
    /// <param name="columns">The columns' names where the caller knows them.</param>
    public static DelimitedReader Open(ByteWindow window, IReadOnlyList<string>? columns)
    {
        int length;
        while ((length = window.Available.IndexOf((byte)'\n')) < 0 && window.TryFill())
        {
        }

        ReadOnlySpan<byte> line = window.Available[..(length < 0 ? window.Available.Length : length)];
        DelimitedDialect dialect = DelimitedDialect.Detect(line.TrimEnd((byte)'\r'), columns);
        if (dialect.HasHeader)
        {
            window.Consume(Math.Min(line.Length + 1, window.Available.Length));
        }

        return new DelimitedReader(window, dialect);
    }

    public override bool TryRead(out ReadOnlySpan<byte> value)
    {
        while (true)
        {
            int size;
            while ((size = Scan()) < 0 && !window.IsAtEnd)
            {
                window.TryFill();
            }

            size = size < 0 ? window.Available.Length : size;
            if (size == 0)
            {
                value = default;
                return false;
            }

            ReadOnlySpan<byte> row = window.Available[..size];
            window.Consume(size);
            bool isBlank = row.Trim("\r\n"u8).IsEmpty;
            if (!isBlank)
            {
                value = fields.Count == names.Length ? Format(row) : row.TrimEnd("\r\n"u8);
                return true;
            }
        }
    }

    public override void Dispose() => window.Dispose();

    /// <summary>
    /// Finds the fields of the next row; its size with the line feed, or -1 when its end is not in the window yet.
    /// </summary>
    private int Scan()
    {
        fields.Clear();
        ReadOnlySpan<byte> all = window.Available;
        int at = 0;
        while (true)
        {
            bool isQuoted = dialect.HasQuotes && at < all.Length && all[at] == (byte)'"';
            int end = isQuoted ? EndOfQuoted(all, at) : at;
            int next = end < 0 ? -1 : all[end..].IndexOfAny(dialect.Delimiter, (byte)'\n');
            if (next < 0)
            {
                // The file's last row has no line feed.
                if (window.IsAtEnd && all.Length > 0)
                {
                    AddField(all, at, all.Length, isQuoted);
                }

                return -1;
            }

            next += end;
            AddField(all, at, next, isQuoted);
            if (all[next] == (byte)'\n')
            {
                return next + 1;
            }

            at = next + 1;
        }
    }

    private void AddField(ReadOnlySpan<byte> all, int start, int end, bool isQuoted)
    {
        while (end > start && all[end - 1] == (byte)'\r')
        {
            end--;
        }

        bool isClosed = isQuoted && end - start >= 2 && all[end - 1] == (byte)'"';
        fields.Add(isClosed ? (start + 1, end - start - 2, true) : (start, end - start, false));
    }

    /// <summary>The place behind the closing quote, or -1 when it is not in the window.</summary>
    private static int EndOfQuoted(ReadOnlySpan<byte> all, int at)
    {
        int i = at + 1;
        while (true)
        {
            int quote = all[i..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return -1;
            }

            i += quote + 1;
            if (i >= all.Length || all[i] != (byte)'"')
            {
                return i;
            }

            i++;
        }
    }

    private ReadOnlySpan<byte> Format(ReadOnlySpan<byte> row)
    {
        output.Clear();
        for (int i = 0; i < names.Length; i++)
        {
            (int start, int length, bool isQuoted) = fields[i];
            output.Raw(names[i]);
            if (length == 0 && !isQuoted)
            {
                output.Raw("null"u8);
            }
            else
            {
                output.String(row.Slice(start, length), isQuoted);
            }
        }

        output.Raw("}"u8);
        return output.Written;
    }
}
