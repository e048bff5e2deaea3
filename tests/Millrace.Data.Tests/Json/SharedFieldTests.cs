using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Tests.Columns;
using Millrace.Data.Text;

namespace Millrace.Data.Tests.Json;

/// <summary>
/// Rows that share columns with rows that were encoded just before come out as if each of their fields was written.
/// </summary>
public class SharedFieldTests
{
    private const int Rows = 40;
    private static readonly SqlType[] Types = [.. RandomColumns.Types.Where(JsonFormat.Supports)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fields_of_shared_columns_are_what_they_are_without(bool ignoreNulls)
    {
        JsonEncodeOptions options = new() { IgnoreNullFields = ignoreNulls, MapNullKeys = MapNullKeyMode.Drop };
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            SchemaColumn[] first = Pick(random, Columns("c", 12, random), 12);
            SchemaColumn[] second = Pick(random, [.. first, .. Columns("d", 4, random)], random.Next(1, 14));
            SchemaColumn[] third = Pick(random, [.. second, .. Columns("e", 2, random)], random.Next(1, 14));
            JsonRowEncoder[] chain = [New(first, options), New(second, options), New(third, options)];
            ByteBuffer[] texts = [new(), new(), new()];
            for (int round = 0; round < 4; round++)
            {
                Dictionary<string, ColumnVector> vectors = [];
                for (int i = 0; i < chain.Length; i++)
                {
                    Batch batch = new(
                        chain[i].Schema, [.. chain[i].Schema.Columns.Select(c => VectorOf(vectors, c, random))]);
                    Encode(chain[i], batch, texts[i], i == 0 ? null : chain[i - 1]);
                    ByteBuffer alone = new();
                    Encode(New([.. chain[i].Schema.Columns], options), batch, alone, null);
                    Assert.Equal(Encoding.UTF8.GetString(alone.Written), Encoding.UTF8.GetString(texts[i].Written));
                }
            }
        }
    }

    [Fact]
    public void An_encoder_with_other_options_gives_nothing()
    {
        Schema schema = Decoding.Schema(("a", SqlType.Int), ("b", SqlType.Int));
        Batch batch = new(schema);
        batch.Reset(Rows);
        batch.Columns[0].MakeNullable(Rows);
        batch.Columns[0].SetNull(3);
        JsonRowEncoder before = new(schema, new JsonEncodeOptions { IgnoreNullFields = true });
        JsonRowEncoder after = new(schema, new JsonEncodeOptions());
        ByteBuffer text = new();
        for (int round = 0; round < 3; round++)
        {
            Encode(before, batch, new ByteBuffer(), null);
            Encode(after, batch, text, before);
        }

        Assert.Contains("{\"a\":null,\"b\":", Encoding.UTF8.GetString(text.Written), StringComparison.Ordinal);
    }

    private static void Encode(JsonRowEncoder encoder, Batch batch, ByteBuffer text, JsonRowEncoder? before)
    {
        text.Clear();
        encoder.Encode(batch, 0, Rows, text, new int[Rows + 1], before);
    }

    private static ColumnVector VectorOf(Dictionary<string, ColumnVector> made, SchemaColumn column, Random random)
    {
        string key = column.Name + " " + column.Type;
        // Sometimes another vector of the same name: then nothing is shared.
        return random.Next(8) > 0 && made.TryGetValue(key, out ColumnVector? vector)
            ? vector
            : made[key] = RandomColumns.Make(column.Type, Rows, random);
    }

    private static JsonRowEncoder New(SchemaColumn[] columns, JsonEncodeOptions options) =>
        new(new Schema([.. columns]), options);

    private static SchemaColumn[] Columns(string name, int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(i => new SchemaColumn(name + i, Types[random.Next(Types.Length)]))];

    // Mostly in the order that they have.
    private static SchemaColumn[] Pick(Random random, SchemaColumn[] from, int count)
    {
        SchemaColumn[] picked = [.. from.OrderBy(_ => random.Next()).Take(count)];
        return random.Next(3) == 0 ? picked : [.. from.Where(picked.Contains)];
    }
}
