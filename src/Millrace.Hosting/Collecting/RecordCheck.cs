using Millrace.Data.Json;
using Millrace.Engine.Topics;
using Millrace.Hosting.Graph;
using Millrace.Data;
using Millrace.Projects;

namespace Millrace.Hosting.Collecting;

/// <summary>
/// Decodes the records of one request at a time, for their keys and to say which the schema does not take.
/// </summary>
internal sealed class RecordCheck
{
    private readonly int keyColumn;
    private readonly string? onlyKey;
    private readonly JsonRowDecoder decoder;
    private readonly Batch batch;
    private int[] starts = [];
    private int[] lengths = [];

    /// <param name="source">The source.</param>
    /// <param name="columnsRead">The columns that the engine decodes: what they do not take, is rejected.</param>
    public RecordCheck(CompiledSource source, IReadOnlyList<int> columnsRead)
    {
        List<int> wanted = [.. columnsRead];
        keyColumn = source.KeyColumn is { } key ? wanted.IndexOf(key) : -1;
        if (source.KeyColumn is { } unread && keyColumn < 0)
        {
            keyColumn = wanted.Count;
            wanted.Add(unread);
            onlyKey = source.Schema.Columns[unread].Name;
        }

        decoder = new JsonRowDecoder(source.Schema, wanted.ToArray(), EngineGraphBuilder.SourceJson);
        batch = new Batch(decoder.Schema);
    }

    /// <summary>Where the records lie in the body; filled by the caller.</summary>
    public List<BodySlice> Slices { get; } = [];

    public void Decode(ArraySegment<byte> body, CollectedRecords records, List<RejectedRecord> rejected)
    {
        Locate(body.Offset);
        decoder.Decode(body.Array!, starts.AsSpan(0, Slices.Count), lengths.AsSpan(0, Slices.Count), batch);
        Span<byte> scratch = stackalloc byte[RawKey.MaxFixedLength];
        int row = 0;
        int bad = 0;
        for (int i = 0; i < Slices.Count; i++)
        {
            if (bad < decoder.Bad.Count && decoder.Bad[bad].Record == i)
            {
                BadRecord fault = decoder.Bad[bad++];
                if (fault.Column is null || fault.Column != onlyKey)
                {
                    rejected.Add(new RejectedRecord(i, fault.Code, fault.Message));
                }

                records.Add(Slices[i], default, hasKey: false);
                continue;
            }

            // An array that is one record has a row per element; its first row's key is the record's.
            bool hasRow = row < batch.Count && decoder.Records[row] == i;
            bool hasKey = hasRow && keyColumn >= 0 && !batch.Columns[keyColumn].IsNull(row);
            records.Add(Slices[i], hasKey ? RawKey.Of(batch.Columns[keyColumn], row, scratch) : default, hasKey);
            while (row < batch.Count && decoder.Records[row] == i)
            {
                row++;
            }
        }
    }

    private void Locate(int offset)
    {
        if (starts.Length < Slices.Count)
        {
            starts = new int[Slices.Count * 2];
            lengths = new int[Slices.Count * 2];
        }

        for (int i = 0; i < Slices.Count; i++)
        {
            starts[i] = offset + Slices[i].Start;
            lengths[i] = Slices[i].Length;
        }
    }
}
