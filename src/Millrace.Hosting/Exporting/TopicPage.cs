using Millrace.Hosting.Inputs;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Exporting;

/// <summary>
/// A page of a partition's records, as JSON: <c>{"topic", "partition", "start", "end", "next", "records"}</c>. Start
/// and end are the offsets that are there, next is where the following page begins; records are as in <see
/// cref="TopicExport"/>.
/// </summary>
public static class TopicPage
{
    /// <summary>Records of a page at most.</summary>
    public const int MaxRecords = 10_000;

    private const int MaxBytes = 4 << 20;

    /// <param name="log">The partition.</param>
    /// <param name="name">The topic's name, as the user says it.</param>
    /// <param name="offset">Where to begin; a negative one counts from the end.</param>
    /// <param name="limit">Records at most; less when they are long, but one at least.</param>
    internal static byte[] Write(PartitionLog log, string name, long offset, int limit)
    {
        long start = log.StartOffset;
        long end = log.CommittedEnd;
        long next = Math.Clamp(offset < 0 ? end + offset : offset, start, Math.Max(start, end));
        JsonText text = new();
        JsonText records = new();
        PartitionReader reader = log.OpenReader(next);
        for (int i = 0; i < limit && records.Written.Length < MaxBytes && reader.MoveNext(); i++)
        {
            records.Raw(i == 0 ? ""u8 : ",\n"u8);
            RecordText.Write(records, reader);
            next = reader.Offset + 1;
        }

        text.Raw("{\"topic\":"u8);
        text.String(name);
        Number(text, ",\"partition\":"u8, log.Partition);
        Number(text, ",\"start\":"u8, start);
        Number(text, ",\"end\":"u8, end);
        Number(text, ",\"next\":"u8, next);
        text.Raw(",\"records\":["u8);
        text.Raw(records.Written);
        text.Raw("]}"u8);
        return text.Written.ToArray();
    }

    private static void Number(JsonText text, ReadOnlySpan<byte> name, long value)
    {
        text.Raw(name);
        text.Number(value);
    }
}
