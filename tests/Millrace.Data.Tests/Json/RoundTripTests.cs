using Millrace.Data.Json;
using Millrace.Data.Tests.Columns;
using Millrace.Data.Text;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Json;

public class RoundTripTests
{
    private static readonly SqlType[] Types =
    [
        .. RandomColumns.Types, SqlType.TinyInt, SqlType.Date, SqlType.Time(0), SqlType.Timestamp(3),
            SqlType.TimestampLtz(3), SqlType.Bytes,
        SqlType.Array(SqlType.Array(SqlType.Timestamp(3))),
            SqlType.Map(SqlType.String, SqlType.Row([new("d", SqlType.Date)])),
    ];

    [Theory]
    [InlineData(TimestampStandard.Sql, false, false)]
    [InlineData(TimestampStandard.Iso8601, true, false)]
    [InlineData(TimestampStandard.Lenient, false, true)]
    public void What_is_written_is_read_back(TimestampStandard standard, bool plain, bool ignoreNulls)
    {
        Random random = new((int)standard);
        Schema schema = new([.. Types.Select((t, i) => new SchemaColumn("c" + i, t))]);
        JsonRowEncoder encoder = new(
            schema, new JsonEncodeOptions { Timestamps = standard, DecimalAsPlainNumber = plain,
                IgnoreNullFields = ignoreNulls });
        JsonRowDecoder decoder = new(schema, new JsonDecodeOptions { Timestamps = standard });
        Batch back = new(schema);
        for (int round = 0; round < 40; round++)
        {
            Batch batch = new(schema, [.. Types.Select(t => Sane(RandomColumns.Make(t, 50, random)))]) { Count = 50 };
            int[] offsets = new int[44];
            ByteBuffer text = new();
            encoder.Encode(batch, 3, 46, text, offsets);
            Assert.Empty(encoder.Failed);
            int[] lengths = [.. Enumerable.Range(0, 43).Select(i => offsets[i + 1] - offsets[i])];
            decoder.Decode(text.Data, offsets.AsSpan(0, 43), lengths, back);
            Assert.Empty(decoder.Bad);
            for (int row = 0; row < 43; row++)
            {
                for (int c = 0; c < Types.Length; c++)
                {
                    Assert.Equal(RandomColumns.Show(batch.Columns[c], row + 3),
                        RandomColumns.Show(back.Columns[c], row));
                }
            }
        }
    }

    // Values that JSON has: maps with distinct, non-NULL keys, times of a day, whole milliseconds of years 1 to 9999.
    private static ColumnVector Sane(ColumnVector vector)
    {
        switch (vector)
        {
            case FixedVector<int> v when v.Type.Kind == SqlTypeKind.Time:
                Change(v.Values, t => Math.Abs(t) * 1000 * 3600);
                break;
            case FixedVector<long> v when v.Type.IsTimestamp:
                Change(v.Values, t => t % 60_000_000_000_000);
                break;
            case FixedVector<Int128> v:
                Change(v.Values, d => d % 1_000_000_000_000_000_000);
                break;
            case ListVector v:
                Sane(v.Elements);
                if (v.Values is not null)
                {
                    Sane(v.Values);
                    OneKeyEach(v);
                }

                break;
        }

        return vector;
    }

    private static void OneKeyEach(ListVector map)
    {
        for (int row = 0; row < map.Capacity; row++)
        {
            map.Lengths[row] = Math.Min(map.Lengths[row], map.Elements.IsNull(map.Starts[row]) ? 0 : 1);
        }
    }

    private static void Change<T>(T[] values, Func<T, T> by)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = by(values[i]);
        }
    }
}
