using System.Text;
using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Engine.Flow;
using Millrace.Engine.Snapshots;
using Xunit;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>Values of every storage are in a snapshot what they were, in their order.</summary>
public sealed class VectorFormatTests
{
    private static readonly Schema Columns = new(
    [
        new("b", SqlType.Boolean), new("i", SqlType.Int), new("l", SqlType.BigInt), new("d", SqlType.Double),
        new("p", SqlType.Decimal(20, 3)), new("s", SqlType.String), new("t", SqlType.Timestamp(3)),
        new("a", SqlType.Array(SqlType.String)), new("m", SqlType.Map(SqlType.String, SqlType.Int)),
        new("r", SqlType.Row([new("x", SqlType.Int), new("y", SqlType.Array(SqlType.Int))])),
    ]);

    private static readonly string[] Records =
    [
        """{"b":true,"i":1,"l":9007199254740993,"d":1.5,"p":2.125,"s":"é","t":"2020-01-01 00:00:00","a":["x","y"]}""",
        "{}",
        """{"a":["x",null,""],"m":{"z":1,"a":null,"k":3},"r":{"x":7,"y":[3,1,2]},"s":""}""",
        """{"b":false,"a":[],"m":{},"r":{"y":null},"d":-0.0}""",
    ];

    [Fact]
    public void Rows_come_back_as_they_were()
    {
        Batch batch = Decode();
        int[] rows = [3, 0, 2, 1, 2];
        BlockList blocks = new();
        SnapshotWriter writer = new();
        writer.BeginBlock(BlockKind.State);
        foreach (ColumnVector column in batch.Columns)
        {
            VectorFormat.Save(column, rows, writer);
        }

        writer.EndBlock();
        writer.DrainTo(blocks);

        Batch loaded = new(Columns) { Count = rows.Length };
        SnapshotReader reader = SnapshotReader.Open(blocks.Blocks[0], out _);
        foreach (ColumnVector column in loaded.Columns)
        {
            VectorFormat.Load(column, rows.Length, ref reader);
        }

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(rows.Select(r => Text(batch, r)), Enumerable.Range(0, rows.Length).Select(r => Text(loaded, r)));
        Assert.Contains("""{"z":1,"a":null,"k":3}""", Text(loaded, 2), StringComparison.Ordinal);
    }

    private static Batch Decode()
    {
        byte[] buffer = Encoding.UTF8.GetBytes(string.Concat(Records));
        int[] lengths = [.. Records.Select(Encoding.UTF8.GetByteCount)];
        int[] starts = [.. lengths.Select((_, i) => lengths.Take(i).Sum())];
        Batch batch = new(Columns);
        JsonRowDecoder decoder = new(Columns, [.. Enumerable.Range(0, Columns.Count)], JsonDecodeOptions.Default);
        decoder.Decode(buffer, starts, lengths, batch, new long[Records.Length]);
        Assert.Equal(Records.Length, batch.Count);
        return batch;
    }

    private static string Text(Batch batch, int row) => Encoding.UTF8.GetString(RowText.Of(batch, row));
}
