using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Tests.Columns;

namespace Millrace.Data.Tests.Json;

/// <summary>Decodes records that are given as texts or bytes and shows what came out.</summary>
internal static class Decoding
{
    public static Batch Decode(JsonRowDecoder decoder, params string[] records) =>
        Decode(decoder, [.. records.Select(Encoding.UTF8.GetBytes)]);

    public static Batch Decode(JsonRowDecoder decoder, IReadOnlyList<byte[]> records, Batch? into = null)
    {
        byte[] buffer = [.. records.SelectMany(r => r.Append((byte)'\n'))];
        int[] lengths = [.. records.Select(r => r.Length)];
        int[] starts = new int[lengths.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + lengths[i - 1] + 1;
        }

        // No byte behind the last record: nothing may be read there.
        Batch batch = into ?? new(decoder.Schema);
        decoder.Decode(buffer[..^Math.Min(1, buffer.Length)], starts, lengths, batch);
        return batch;
    }

    public static string[] Rows(Batch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(r =>
            string.Join("|", batch.Columns.Select(c => RandomColumns.Show(c, r))))];

    public static Schema Schema(params (string Name, SqlType Type)[] columns) =>
        new([.. columns.Select(c => new SchemaColumn(c.Name, c.Type))]);
}
