using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Text;

namespace Millrace.Data.Tests.Json;

/// <summary>
/// Rows of texts, short and long, to be escaped and not, NULL and at the very end of their buffer, come out as put
/// together field by field.
/// </summary>
public class TextFieldTests
{
    private const int Rows = 30;
    private static readonly string[] Pieces =
        ["", "a", "0123456789", "é", "\"", "\\", "\n", "\f", "\u0001", "😀", "\u007f"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_texts_are_their_fields_one_by_one(bool ignoreNulls)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string[] names = [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => Name(random, i))];
            Schema schema = Decoding.Schema([.. names.Select(n => (n, SqlType.String))]);
            JsonRowEncoder encoder = new(schema, new JsonEncodeOptions { IgnoreNullFields = ignoreNulls });
            ByteBuffer text = new();
            for (int round = 0; round < 3; round++)
            {
                string?[][] columns = [.. names.Select(_ => Texts(random))];
                int[] offsets = new int[Rows + 1];
                text.Clear();
                encoder.Encode(BatchOf(schema, columns), 0, Rows, text, offsets);
                for (int row = 0; row < Rows; row++)
                {
                    string expected = string.Join(',', names.Index()
                        .Where(n => !ignoreNulls || columns[n.Index][row] is not null)
                        .Select(n => $"\"{n.Item}\":{Value(columns[n.Index][row])}"));
                    Assert.Equal("{" + expected + "}",
                        Encoding.UTF8.GetString(text.Written[offsets[row]..offsets[row + 1]]));
                }
            }
        }
    }

    private static Batch BatchOf(Schema schema, string?[][] columns)
    {
        Batch batch = new(schema);
        batch.Reset(Rows);
        foreach ((int c, string?[] texts) in columns.Index())
        {
            BytesVector vector = (BytesVector)batch.Columns[c];
            vector.Data = Encoding.UTF8.GetBytes(string.Concat(texts));
            int start = 0;
            for (int row = 0; row < Rows; row++)
            {
                int length = Encoding.UTF8.GetByteCount(texts[row] ?? "");
                vector.Set(row, texts[row] is null ? int.MinValue : start, texts[row] is null ? -1 : length);
                start += length;
                if (texts[row] is null)
                {
                    vector.SetNull(row);
                }
            }
        }

        return batch;
    }

    private static string Value(string? text) => text is null ? "null" : "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\f", "\\f", StringComparison.Ordinal)
        .Replace("\u0001", "\\u0001", StringComparison.Ordinal)
        .Replace("😀", "\\uD83D\\uDE00", StringComparison.Ordinal) + "\"";

    // Up to and beyond what fits a vector with its quotes and colon.
    private static string Name(Random random, int number) => new string('n', random.Next(1, 35)) + number;

    private static string?[] Texts(Random random)
    {
        int nulls = random.Next(3);
        int special = random.Next(2) * Pieces.Length;
        return
        [
            .. Enumerable.Range(0, Rows).Select(_ => random.Next(4) < nulls ? null : string.Concat(
                Enumerable.Range(0, random.Next(7)).Select(_ => Pieces[random.Next(Math.Max(3, special))]))),
        ];
    }
}
