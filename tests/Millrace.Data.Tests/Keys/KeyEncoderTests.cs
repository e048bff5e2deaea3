using Millrace.Data.Keys;
using Millrace.Data.Tests.Columns;

namespace Millrace.Data.Tests.Keys;

public class KeyEncoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Keys_are_equal_exactly_when_the_values_are(int width)
    {
        Random random = new(width);
        for (int round = 0; round < 40; round++)
        {
            SqlType[] types = [.. Enumerable.Range(0, width).Select(_ =>
                RandomColumns.Types[random.Next(RandomColumns.Types.Length)])];
            Batch batch = MakeBatch(types, 60, random);
            KeyEncoder encoder = new([.. Enumerable.Range(0, width)]);
            encoder.Encode(batch, 7, 60);
            Assert.Equal(53, encoder.Count);
            for (int i = 0; i < encoder.Count; i++)
            {
                for (int k = 0; k < encoder.Count; k++)
                {
                    bool expected = batch.Columns.All(c =>
                        RandomColumns.Show(c, i + 7) == RandomColumns.Show(c, k + 7));
                    Assert.Equal(expected, encoder.Key(i).SequenceEqual(encoder.Key(k)));
                    Assert.True(!expected || encoder.Hashes[i] == encoder.Hashes[k]);
                }
            }
        }
    }

    [Fact]
    public void Decoded_keys_are_the_values()
    {
        Random random = new(5);
        Batch batch = MakeBatch(RandomColumns.Types, 100, random);
        KeyEncoder encoder = new([.. Enumerable.Range(0, RandomColumns.Types.Length)]);
        encoder.Encode(batch, 0, 100);
        Batch back = new(batch.Schema);
        back.Reset(100);
        for (int i = 0; i < 100; i++)
        {
            KeyDecoder.Decode(encoder.Buffer, encoder.Starts[i], encoder.Lengths[i], back.Columns, i);
            for (int c = 0; c < back.Columns.Length; c++)
            {
                Assert.Equal(RandomColumns.Show(batch.Columns[c], i), RandomColumns.Show(back.Columns[c], i));
            }
        }
    }

    [Fact]
    public void Keys_of_numbers_sort_as_the_numbers()
    {
        Batch batch = MakeBatch([SqlType.BigInt, SqlType.Double], 200, new Random(1), nulls: 0);
        KeyEncoder encoder = new([0, 1]);
        encoder.Encode(batch, 0, 200);
        long[] longs = ((FixedVector<long>)batch.Columns[0]).Values;
        for (int i = 1; i < 200; i++)
        {
            if (longs[i] != longs[i - 1])
            {
                Assert.Equal(longs[i] < longs[i - 1], encoder.Key(i).SequenceCompareTo(encoder.Key(i - 1)) < 0);
            }
        }
    }

    [Fact]
    public void The_hash_is_part_of_the_stored_format()
    {
        Assert.Equal(0xBEB124275D76700EUL, Hash64.Of([]));
        Assert.Equal(0x47A24FEDB2BB98D9UL, Hash64.Of("a"u8));
        Assert.Equal(0x9244941F5383EB39UL, Hash64.Of("session-0123456789-abcdef"u8));
    }

    [Fact]
    public void Every_byte_and_the_length_change_the_hash_of_half_the_bits()
    {
        Random random = new(3);
        long flipped = 0;
        int pairs = 0;
        for (int length = 1; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            ulong hash = Hash64.Of(bytes);
            for (int i = 0; i < length; i++)
            {
                bytes[i] ^= 1;
                ulong other = Hash64.Of(bytes);
                bytes[i] ^= 1;
                Assert.NotEqual(hash, other);
                flipped += System.Numerics.BitOperations.PopCount(hash ^ other);
                pairs++;
            }

            Assert.NotEqual(hash, Hash64.Of(bytes.AsSpan(0, length - 1)));
        }

        Assert.InRange((double)flipped / pairs, 31, 33);
    }

    private static Batch MakeBatch(SqlType[] types, int rows, Random random, double nulls = 0.2)
    {
        Schema schema = new([.. types.Select((t, i) => new SchemaColumn("c" + i, t))]);
        Batch batch = new(schema, [.. types.Select(t => RandomColumns.Make(t, rows, random, nulls))]);
        batch.Count = rows;
        return batch;
    }
}
