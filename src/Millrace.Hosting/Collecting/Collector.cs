using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Millrace.Projects;

namespace Millrace.Hosting.Collecting;

/// <summary>
/// Makes records of what is posted to a source: cuts the body, decodes every record by the source's schema, takes the
/// keys. Runs on the poster's thread; thread-safe.
/// </summary>
internal sealed class Collector(CompiledSource source, IReadOnlyList<int> columnsRead, int maxRecordBytes)
{
    private readonly ConcurrentBag<RecordCheck> checks = [];

    public CompiledSource Source => source;

    /// <summary>
    /// The records; null when one is too large. Those that the schema does not take are listed, and are without a key.
    /// </summary>
    public CollectedRecords? Collect(ReadOnlyMemory<byte> body, long? timestampMs, List<RejectedRecord> rejected)
    {
        RecordCheck check = checks.TryTake(out RecordCheck? idle) ? idle : new RecordCheck(source, columnsRead);
        List<BodySlice> slices = check.Slices;
        BodySplitter.Split(body.Span, slices);
        if (slices.Exists(s => s.Length > maxRecordBytes))
        {
            checks.Add(check);
            return null;
        }

        return Decode(check, body, timestampMs, rejected);
    }

    /// <summary>The records that lie at these places of a body.</summary>
    public CollectedRecords Collect(
        ReadOnlyMemory<byte> body, IReadOnlyList<BodySlice> slices, List<RejectedRecord> rejected)
    {
        RecordCheck check = checks.TryTake(out RecordCheck? idle) ? idle : new RecordCheck(source, columnsRead);
        check.Slices.Clear();
        check.Slices.AddRange(slices);
        return Decode(check, body, null, rejected);
    }

    private CollectedRecords Decode(
        RecordCheck check, ReadOnlyMemory<byte> body, long? timestampMs, List<RejectedRecord> rejected)
    {
        ArraySegment<byte> bytes =
            MemoryMarshal.TryGetArray(body, out ArraySegment<byte> array) ? array : body.ToArray();
        CollectedRecords records = new(body) { Timestamp = timestampMs };
        check.Decode(bytes, records, rejected);
        checks.Add(check);
        return records;
    }
}
