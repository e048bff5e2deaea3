using System.Buffers;
using System.Globalization;
using System.Text;
using Millrace.Serving.Topics;

namespace Millrace.Cli.Running;

/// <summary>The file of <c>replay --mended</c>, in portions that a request may have, by offset.</summary>
internal sealed class MendedFile
{
    /// <summary>Half of what a server takes, before one line more.</summary>
    private const int MaxBytes = 4 << 20;

    private readonly KeyValuePair<long, ReadOnlyMemory<byte>>[] records;

    private MendedFile(Dictionary<long, ReadOnlyMemory<byte>> records) =>
        this.records = [.. records.OrderBy(r => r.Key)];

    /// <summary>Rows that it mends.</summary>
    public int Count => records.Length;

    /// <exception cref="FormatException">A line, or the whole file, does not say what to post.</exception>
    public static async Task<MendedFile> ReadAsync(FileInfo file, CancellationToken cancel)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file.FullName, cancel).ConfigureAwait(false);
        try
        {
            return new MendedFile(MendedRecords.Read(bytes)
                ?? throw new FormatException("no line says what to post"));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>
    /// The lines of one request, with the first offset among them: what is before it need not be looked at.
    /// </summary>
    public IEnumerable<(long First, byte[] Lines)> Portions()
    {
        ArrayBufferWriter<byte> lines = new();
        for (int from = 0, to = 0; from < records.Length; from = to)
        {
            lines.ResetWrittenCount();
            for (; to < records.Length && to - from < ReplayClient.Page && lines.WrittenCount < MaxBytes; to++)
            {
                string offset = records[to].Key.ToString(CultureInfo.InvariantCulture);
                lines.Write(Encoding.UTF8.GetBytes($"{{\"offset\":{offset},\"record\":"));
                lines.Write(records[to].Value.Span);
                lines.Write("}\n"u8);
            }

            yield return (records[from].Key, lines.WrittenSpan.ToArray());
        }
    }
}
